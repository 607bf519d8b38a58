import { z } from 'zod';

/** Every code a client may meet, with the HTTP status it travels under (RFC 9457). Codes are never renamed. */
export const errorStatus = {
  validation_failed: 400,
  unauthenticated: 401,
  invalid_credentials: 401,
  second_factor_required: 401,
  invalid_token: 401,
  forbidden: 403,
  registration_closed: 403,
  invite_required: 403,
  invalid_invite: 403,
  email_domain_refused: 403,
  origin_refused: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  already_set_up: 409,
  username_taken: 409,
  username_reserved: 409,
  email_taken: 409,
  last_owner: 409,
  return_declined: 409,
  payload_too_large: 413,
  quota_exceeded: 413,
  unsupported_media_type: 415,
  weak_password: 422,
  malware_found: 422,
  locked_out: 423,
  rate_limited: 429,
  client_closed: 499,
  internal: 500,
  unavailable: 503,
  deadline_exceeded: 504,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export const ErrorCodeSchema = z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]);

export const FieldFault = z.strictObject({ path: z.string(), message: z.string() });
export type FieldFault = z.infer<typeof FieldFault>;

/** RFC 9457 problem details; `retryAfter` in seconds. */
export const Problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: ErrorCodeSchema,
    detail: z.string(),
    requestId: z.string(),
    errors: z.array(FieldFault).optional(),
    retryAfter: z.number().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;
