import { storageFaultIn, type FieldFault, type StorageFault } from '../../../client/index.ts';
import type { PlainKey, Translate } from './i18n/translate.ts';
import type { ErrorCode } from './model.ts';

/** The text that a screen shows for a failure; anything that is not a problem document of the server counts as `internal`. */
export interface Failure {
  readonly code: ErrorCode | 'offline';
  /** Faulty fields by name. */
  readonly fields: readonly string[];
  /** Seconds to wait, where the server said so. */
  readonly retryAfter: number | null;
  /** Where the server is reached, when it refused the page's own address. */
  readonly publicUrl: string | null;
  /** The server can store nothing until its disk is mended. */
  readonly storage: StorageFault | null;
}

export function failureOf(error: unknown): Failure {
  const problem = problemIn(error);
  const code = problem.code && codes.has(problem.code) ? (problem.code as Failure['code']) : 'internal';
  return {
    code,
    fields: (problem.errors ?? []).map((fault) => fault.path),
    retryAfter: problem.retryAfter ?? null,
    publicUrl: problem.errors?.find(({ path }) => path === 'publicUrl')?.message ?? null,
    storage: storageFaultIn(problem.errors),
  };
}

export function failureText(t: Translate, error: unknown): string {
  const { code, retryAfter, publicUrl, storage } = failureOf(error);
  if (storage) return t(`error.storage.${storage}`);
  if (code === 'origin_refused' && publicUrl) return t('error.origin_refused.at', { address: publicUrl });
  if (retryAfter && (code === 'rate_limited' || code === 'locked_out')) return t('error.retryAfter', { count: Math.ceil(retryAfter) });
  return t(`error.${code}`);
}

/** The text for one field of a form, when the failure is about that field. */
export function fieldText(t: Translate, error: unknown, field: FormField): string | undefined {
  if (!error) return undefined;
  const { code, fields } = failureOf(error);
  if (ownerOf[code] === field) return t(`error.${code}`);
  return fields.includes(field) ? t(faultOf[field]) : undefined;
}

/** The text for the form as a whole: failures that no field shows. */
export function formText(t: Translate, error: unknown, shown: readonly FormField[]): string | undefined {
  if (!error) return undefined;
  return shown.some((field) => fieldText(t, error, field)) ? undefined : failureText(t, error);
}

export type FormField =
  'teamName' | 'displayName' | 'email' | 'username' | 'password' | 'newPassword' | 'currentPassword' | 'name' | 'topic' | 'openingsPerHour';

const ownerOf: Partial<Record<Failure['code'], FormField>> = {
  username_taken: 'username',
  email_taken: 'email',
  email_domain_refused: 'email',
  username_reserved: 'username',
  weak_password: 'password',
};

const faultOf: Readonly<Record<FormField, PlainKey>> = {
  teamName: 'fault.name',
  displayName: 'fault.name',
  name: 'fault.name',
  topic: 'fault.topic',
  email: 'fault.email',
  username: 'fault.username',
  password: 'fault.password',
  newPassword: 'fault.password',
  currentPassword: 'fault.password',
  openingsPerHour: 'fault.openingsPerHour',
};

/** Complete by its type: a new code of the contract fails to compile until it stands here and has a text. */
const known: Readonly<Record<Failure['code'], true>> = {
  validation_failed: true,
  unauthenticated: true,
  invalid_credentials: true,
  second_factor_required: true,
  invalid_token: true,
  forbidden: true,
  registration_closed: true,
  invite_required: true,
  invalid_invite: true,
  email_domain_refused: true,
  origin_refused: true,
  not_found: true,
  method_not_allowed: true,
  conflict: true,
  already_set_up: true,
  username_taken: true,
  username_reserved: true,
  email_taken: true,
  last_owner: true,
  return_declined: true,
  payload_too_large: true,
  quota_exceeded: true,
  unsupported_media_type: true,
  malware_found: true,
  weak_password: true,
  locked_out: true,
  rate_limited: true,
  client_closed: true,
  internal: true,
  unavailable: true,
  deadline_exceeded: true,
  offline: true,
};
const codes: ReadonlySet<string> = new Set(Object.keys(known));

interface ProblemLike {
  readonly code?: string;
  readonly errors?: readonly FieldFault[];
  readonly retryAfter?: number;
}

/** The client's errors carry the problem; a failed fetch is a `TypeError` without one. */
function problemIn(error: unknown): ProblemLike {
  if (typeof error !== 'object' || error === null) return {};
  if ('problem' in error && typeof error.problem === 'object' && error.problem !== null) return error.problem;
  if ('code' in error) return error as ProblemLike;
  return error instanceof TypeError ? { code: 'offline' } : {};
}
