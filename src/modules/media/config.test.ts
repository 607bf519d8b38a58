import { mediaConfig, objectStoreOf } from './config.ts';

const whole = { s3Endpoint: 'http://minio:9000', s3Bucket: 'b', s3AccessKey: 'a', s3SecretKey: 's', s3Region: 'us-east-1' };
const faults = (values: object) =>
  mediaConfig.contradictions?.({ mediaShared: undefined, ...whole, ...values }, () => false).map(({ fault }) => fault);

test('an object store is named whole, or not at all', () => {
  expect(faults({})).toEqual([]);
  expect(faults({ s3Endpoint: undefined, s3Bucket: undefined, s3AccessKey: undefined, s3SecretKey: undefined })).toEqual([]);
  expect(faults({ s3Bucket: undefined, s3SecretKey: undefined })).toEqual(['An object store needs S3_BUCKET, S3_SECRET_KEY too.']);
  expect(objectStoreOf(whole)).toEqual({ endpoint: 'http://minio:9000', bucket: 'b', accessKey: 'a', secretKey: 's', region: 'us-east-1' });
  expect(objectStoreOf({ ...whole, s3Endpoint: undefined })).toBeNull();
});

test('keys are never shown', () => {
  const { s3AccessKey, s3SecretKey } = mediaConfig.variables;
  expect([s3AccessKey.shown?.('key'), s3SecretKey.shown?.('secret')]).toEqual(['(set)', '(set)']);
});
