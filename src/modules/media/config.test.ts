import { mediaConfig, objectStoreOf } from './config.ts';

const whole = { s3Endpoint: 'http://minio:9000', s3Bucket: 'b', s3AccessKey: 'a', s3SecretKey: 's', s3Region: 'us-east-1' };
const noAzure = { azureConnectionString: undefined, azureContainer: undefined };
const azure = { azureConnectionString: 'AccountName=a;AccountKey=k', azureContainer: 'files' };
const noS3 = { s3Endpoint: undefined, s3Bucket: undefined, s3AccessKey: undefined, s3SecretKey: undefined };
const faults = (values: object) =>
  mediaConfig
    .contradictions?.(
      { mediaShared: undefined, mediaOrigin: undefined, clamavUrl: undefined, ...whole, ...noAzure, ...values },
      () => false,
    )
    .map(({ fault }) => fault);

test('an object store is named whole, or not at all', () => {
  expect(faults({})).toEqual([]);
  expect(faults(noS3)).toEqual([]);
  expect(faults({ s3Bucket: undefined, s3SecretKey: undefined })).toEqual(['An object store needs S3_BUCKET, S3_SECRET_KEY too.']);
  expect(objectStoreOf({ ...whole, ...noAzure, mediaOrigin: undefined })).toEqual({
    endpoint: 'http://minio:9000',
    bucket: 'b',
    accessKey: 'a',
    secretKey: 's',
    region: 'us-east-1',
  });
  expect(objectStoreOf({ ...whole, ...noAzure, mediaOrigin: undefined, s3Endpoint: undefined })).toBeNull();
});

test('a container of Azure is named whole, and not beside another store', () => {
  expect(faults({ ...noS3, ...azure })).toEqual([]);
  expect(objectStoreOf({ ...whole, ...noS3, ...azure, mediaOrigin: undefined })).toEqual({
    connectionString: 'AccountName=a;AccountKey=k',
    container: 'files',
  });
  expect(faults({ ...noS3, azureContainer: 'files' })).toEqual(['An object store needs AZURE_STORAGE_CONNECTION_STRING too.']);
  expect(faults(azure)).toEqual(['Files lie in one store: name one of S3 and Azure, and remove the variables of the other.']);
});

test('browsers are sent to an object store alone, and to Azure where the key is there to sign with', () => {
  const mediaOrigin = 'https://files.example.org';
  expect(faults({ mediaOrigin })).toEqual([]);
  expect(faults({ ...noS3, ...azure, mediaOrigin })).toEqual([]);
  expect(faults({ ...noS3, mediaOrigin })).toEqual([
    'Files lie on the disk, which no browser reaches: remove it, or name an object store.',
  ]);
  const signed = {
    azureConnectionString: 'BlobEndpoint=https://a.blob.core.windows.net;SharedAccessSignature=sv=1',
    azureContainer: 'files',
  };
  expect(faults({ ...noS3, ...signed, mediaOrigin })).toEqual([expect.stringContaining('give a connection string with AccountKey')]);
  expect(objectStoreOf({ ...whole, ...noAzure, mediaOrigin })).toMatchObject({ directOrigin: mediaOrigin });
});

test.each([
  ['AccountName=a;AccountKey=k;EndpointSuffix=core.windows.net', true],
  ['BlobEndpoint=https://a.blob.core.windows.net;SharedAccessSignature=sv=1', true],
  ['https://a.blob.core.windows.net', false],
  ['AccountName=a;EndpointSuffix=core.windows.net', false],
])('%s is a connection string: %s', (given, isOne) => {
  expect(mediaConfig.variables.azureConnectionString.parse(given).ok).toBe(isOne);
});

test('keys are never shown', () => {
  const { s3AccessKey, s3SecretKey, azureConnectionString } = mediaConfig.variables;
  const shown = [s3AccessKey, s3SecretKey, azureConnectionString].map((one) => one.shown?.('secret'));
  expect(shown).toEqual(['(set)', '(set)', '(set)']);
});

test.each(['tcp://127.0.0.1:3310', 'tcp://[::1]:3310', 'tcp://clamav:3310', 'unix:/run/clamav/clamd.ctl'])(
  'clamd is asked at %s',
  (url) => {
    expect(mediaConfig.variables.clamavUrl.parse(url)).toEqual({ ok: true, value: url });
  },
);

test.each(['clamav:3310', 'tcp://clamav', 'http://clamav:3310', 'unix:clamd.ctl', 'tcp://user@clamav:3310'])(
  '%s is no address of clamd',
  (url) => {
    expect(mediaConfig.variables.clamavUrl.parse(url)).toMatchObject({
      ok: false,
      faults: [expect.stringContaining('must be tcp://host:port or unix:/path') as string],
    });
  },
);
