import { Client } from 'minio';
import { newId } from '../../src/kernel/ids.ts';
import { serverVariable } from './services.ts';

/** A bucket of its own on the MinIO of `npm run services`, as the configuration names it. */
export async function ownBucket(endpoint: string) {
  const { hostname, port } = new URL(endpoint);
  const [accessKey, secretKey] = [serverVariable('S3_ACCESS_KEY'), serverVariable('S3_SECRET_KEY')];
  const bucket = `confab-${newId()}`;
  await new Client({ endPoint: hostname, port: Number(port), useSSL: false, accessKey, secretKey }).makeBucket(bucket);
  return { s3Endpoint: new URL(endpoint).origin, s3Bucket: bucket, s3AccessKey: accessKey, s3SecretKey: secretKey, s3Region: 'us-east-1' };
}
