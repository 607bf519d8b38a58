import { createPrivateKey, type KeyObject } from 'node:crypto';

/** A service account that may send through Firebase Cloud Messaging. */
export interface FcmCredentials {
  readonly projectId: string;
  readonly clientEmail: string;
  readonly privateKey: KeyObject;
  /** Where tokens are given. */
  readonly tokenUri: string;
  /** Where messages are taken, without a slash at its end. */
  readonly messagingUri: string;
}

const wanted = { type: 'service_account', project_id: '', client_email: '', private_key: '' } as const;

/**
 * Reads the JSON file of a service account, as Firebase's console gives it. `token_uri` and `messaging_uri` may name other servers: a proxy, or a stand-in
 * of tests. A fault says what is wrong, and holds nothing of the file.
 */
export function readFcmCredentials(text: string): FcmCredentials | { readonly fault: string } {
  const given = fieldsOf(text);
  if (given === null) return { fault: 'is no JSON: it must be the file of a service account, as the console of Firebase gives it' };
  const missing = Object.keys(wanted).filter((name) => (given[name] ?? '') === '');
  if (missing.length > 0) return { fault: `lacks ${missing.join(', ')}: it must be the file of a service account` };
  if (given['type'] !== 'service_account') return { fault: 'is of another type than service_account' };
  const privateKey = keyOf(given['private_key'] ?? '');
  if (privateKey === null) return { fault: 'holds a private_key that cannot be read: take the file as it is, with \\n in its one line' };
  const tokenUri = given['token_uri'] ?? 'https://oauth2.googleapis.com/token';
  const messagingUri = (given['messaging_uri'] ?? 'https://fcm.googleapis.com').replace(/\/+$/, '');
  const unread = Object.entries({ token_uri: tokenUri, messaging_uri: messagingUri }).filter(([, uri]) => !isWebAddress(uri));
  if (unread.length > 0) return { fault: `names no address that can be read in ${unread.map(([name]) => name).join(', ')}` };
  return { projectId: given['project_id'] ?? '', clientEmail: given['client_email'] ?? '', privateKey, tokenUri, messagingUri };
}

function fieldsOf(text: string): Readonly<Record<string, string>> | null {
  try {
    const given = JSON.parse(text) as unknown;
    if (typeof given !== 'object' || given === null) return null;
    return Object.fromEntries(Object.entries(given).filter((field): field is [string, string] => typeof field[1] === 'string'));
  } catch {
    return null;
  }
}

function keyOf(pem: string): KeyObject | null {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : null;
  } catch {
    return null;
  }
}

const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
