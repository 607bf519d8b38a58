import { generateKeyPairSync } from 'node:crypto';
import { readFcmCredentials } from './fcm-credentials.ts';

const pem = (kind: 'rsa' | 'ec'): string => {
  const { privateKey } =
    kind === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};
const file = {
  type: 'service_account',
  project_id: 'team-1',
  private_key: pem('rsa'),
  client_email: 'confab@team-1.iam.gserviceaccount.com',
  token_uri: 'https://oauth2.googleapis.com/token',
};

test('reads the file of a service account', () => {
  expect(readFcmCredentials(JSON.stringify(file))).toMatchObject({
    projectId: 'team-1',
    clientEmail: 'confab@team-1.iam.gserviceaccount.com',
    tokenUri: 'https://oauth2.googleapis.com/token',
    messagingUri: 'https://fcm.googleapis.com',
  });
});

test('the file may name other servers', () => {
  const own = { ...file, token_uri: 'http://127.0.0.1:1/token', messaging_uri: 'http://127.0.0.1:1/' };
  expect(readFcmCredentials(JSON.stringify(own))).toMatchObject({ tokenUri: own.token_uri, messagingUri: 'http://127.0.0.1:1' });
});

test.each<[string, string]>([
  ['', 'is no JSON'],
  ['/etc/fcm.json', 'is no JSON'],
  ['null', 'is no JSON'],
  ['[]', 'lacks type, project_id, client_email, private_key'],
  ['{"project_info":{"project_id":"the file of an app"}}', 'lacks type'],
  [JSON.stringify({ ...file, private_key: undefined }), 'lacks private_key'],
  [JSON.stringify({ ...file, type: 'authorized_user' }), 'of another type'],
  [JSON.stringify({ ...file, private_key: file.private_key.replaceAll('\n', '\\n') }), 'cannot be read'],
  [JSON.stringify({ ...file, private_key: pem('ec') }), 'cannot be read'],
  [JSON.stringify({ ...file, token_uri: 'ftp://example.com' }), 'in token_uri'],
])('says what is wrong with another one, without its key (%#)', (text, words) => {
  const read = readFcmCredentials(text);
  const fault = 'fault' in read ? read.fault : 'none';
  expect(fault).toContain(words);
  expect(fault).not.toContain('PRIVATE');
});
