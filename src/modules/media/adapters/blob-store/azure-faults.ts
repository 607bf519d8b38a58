import { RestError } from '@azure/storage-blob';
import { errorText } from '../../../../kernel/errors.ts';

const connectionString = 'AZURE_STORAGE_CONNECTION_STRING';

/** What Azure says when the set-up is wrong, and what mends it. */
const remedies: Readonly<Record<string, string>> = {
  ContainerNotFound: 'the container of AZURE_STORAGE_CONTAINER is not there: create it',
  ContainerBeingDeleted: 'the container of AZURE_STORAGE_CONTAINER is being deleted: create it once that is done',
  AuthenticationFailed: `the key or the signature in ${connectionString} is not the account’s or has ended, or the clock of this machine is wrong by more than 15 minutes`,
  AuthorizationFailure: `the key or the signature in ${connectionString} is not the account’s or may not do this, or the account’s firewall does not let this machine in`,
  AuthorizationPermissionMismatch: `the signature in ${connectionString} may not do this: it needs to read, write, delete and list`,
  InsufficientAccountPermissions: `the signature in ${connectionString} may not do this: it needs to read, write, delete and list`,
  AccountIsDisabled: 'the storage account is disabled',
  ServerBusy: 'the storage account takes no more requests for now',
  BlobImmutableDueToPolicy: 'a policy of the container keeps files from being deleted: choose a container without',
};

/** Why nobody can be reached. */
const connectionFaults: Readonly<Record<string, string>> = {
  ECONNREFUSED: `nobody listens at the address in ${connectionString}`,
  ENOTFOUND: `the name of the account in ${connectionString} is not known here`,
  EPROTO: `the address in ${connectionString} speaks no TLS, or another version: http or https?`,
};

/** In words of whoever runs the server; never with a key. */
export function azureFaultText(error: unknown): string {
  const code = codeOf(error);
  const known = remedies[code] ?? connectionFaults[code];
  if (known !== undefined) return known;
  if (error instanceof Error && error.name === 'AbortError')
    return `nothing answers at the address in ${connectionString}, or the store hangs`;
  if (!(error instanceof RestError)) return errorText(error);
  return error.statusCode === undefined ? 'the store does not answer' : `the store answers ${String(error.statusCode)} ${code}`;
}

export const isMissingInAzure = (error: unknown): boolean => codeOf(error) === 'BlobNotFound';

/** An answer without a body, as to HEAD, has the code in a header. */
function codeOf(error: unknown): string {
  if (!(error instanceof RestError)) return '';
  return error.code ?? error.response?.headers.get('x-ms-error-code') ?? '';
}
