import { z } from 'zod';
import { choice, origin } from '../../kernel/config/texts.ts';
import { defineConfig, hidden, type ValuesOf, variable } from '../../kernel/config/variable.ts';

const text = z.string().min(1, 'must not be empty');

export const mediaConfig = defineConfig({
  title: 'Files',
  variables: {
    mediaShared: variable({
      name: 'CONFAB_MEDIA_SHARED',
      meaning:
        '`yes`: `<data>/media` is one directory that all nodes of the team have mounted. Several nodes need it or an object store, or one would not find the files of another',
      is: choice('yes'),
      otherwise: 'each node has its own',
    }),
    s3Endpoint: variable({
      name: 'S3_ENDPOINT',
      meaning: 'an object store that keeps the files in place of the disk: MinIO, Amazon S3, or another that speaks S3',
      is: origin,
      otherwise: 'files lie in `<data>/media`',
      example: 'https://minio.internal:9000',
    }),
    s3Bucket: variable({
      name: 'S3_BUCKET',
      meaning: 'its bucket, which is there already; files lie below `media/`',
      is: text,
      example: 'confab',
    }),
    s3AccessKey: variable({ name: 'S3_ACCESS_KEY', meaning: 'who asks it', is: text, shown: hidden }),
    s3SecretKey: variable({ name: 'S3_SECRET_KEY', meaning: 'and their secret', is: text, shown: hidden }),
    s3Region: variable({
      name: 'S3_REGION',
      meaning: 'the region of the bucket; what is no Amazon S3 rarely has another',
      is: text,
      default: 'us-east-1',
    }),
  },
  contradictions: ({ s3Endpoint, s3Bucket, s3AccessKey, s3SecretKey }) => {
    const given = { S3_ENDPOINT: s3Endpoint, S3_BUCKET: s3Bucket, S3_ACCESS_KEY: s3AccessKey, S3_SECRET_KEY: s3SecretKey };
    const missing = Object.entries(given).flatMap(([name, value]) => (value === undefined ? name : []));
    if (missing.length === 0 || missing.length === Object.keys(given).length) return [];
    return [{ between: Object.keys(given), fault: `An object store needs ${missing.join(', ')} too.` }];
  },
});

/** Where the object store is; null where files lie on the disk. */
export function objectStoreOf({ s3Endpoint, s3Bucket, s3AccessKey, s3SecretKey, s3Region }: ObjectStoreValues) {
  if (s3Endpoint === undefined || s3Bucket === undefined || s3AccessKey === undefined || s3SecretKey === undefined) return null;
  return { endpoint: s3Endpoint, bucket: s3Bucket, accessKey: s3AccessKey, secretKey: s3SecretKey, region: s3Region };
}

type ObjectStoreValues = Omit<ValuesOf<typeof mediaConfig.variables>, 'mediaShared'>;
