import { z } from 'zod';
import { choice, origin } from '../../kernel/config/texts.ts';
import { defineConfig, hidden, type ValuesOf, variable } from '../../kernel/config/variable.ts';

const text = z.string().min(1, 'must not be empty');
/** It names the account, and proves to be allowed. */
const connectionString = z
  .string()
  .refine(
    (given) =>
      (/AccountName=[^;]/.test(given) && /AccountKey=[^;]/.test(given)) ||
      (/BlobEndpoint=[^;]/.test(given) && /SharedAccessSignature=[^;]/.test(given)),
    'must be a connection string as the portal of Azure shows it: with AccountName and AccountKey, or with BlobEndpoint and SharedAccessSignature',
  );
const containerName = z
  .string()
  .regex(/^[a-z0-9](?:-?[a-z0-9]){2,62}$/, 'must be 3 to 63 small letters, digits and single hyphens between them');

const scannerAddress = z
  .string()
  .regex(
    /^(?:unix:\/[^\0]+|tcp:\/\/(?:[\w.-]+|\[[\da-f:.]+\]):\d{1,5})$/i,
    'must be tcp://host:port or unix:/path, as tcp://127.0.0.1:3310',
  );

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
    azureConnectionString: variable({
      name: 'AZURE_STORAGE_CONNECTION_STRING',
      meaning:
        'a storage account of Azure that keeps the files in place of the disk, with its key or a signature that may read, write, delete and list',
      is: connectionString,
      otherwise: 'files lie in `<data>/media`, or where `S3_ENDPOINT` says',
      example: 'DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net',
      shown: hidden,
    }),
    azureContainer: variable({
      name: 'AZURE_STORAGE_CONTAINER',
      meaning: 'its container, which is there already; files lie below `media/`',
      is: containerName,
      example: 'confab',
    }),
    clamavUrl: variable({
      name: 'CLAMAV_URL',
      meaning:
        'clamd, which looks into each upload before it is taken: `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`. While it does not answer, nothing can be uploaded. Its `StreamMaxLength` is the largest file that it takes',
      is: scannerAddress,
      otherwise: 'uploads are not looked into',
      example: 'tcp://clamav:3310',
    }),
    mediaOrigin: variable({
      name: 'CONFAB_MEDIA_ORIGIN',
      meaning:
        'the origin at which browsers reach the object store: players then get pictures, videos and sounds from it, by addresses that hold five minutes; at Amazon with the bucket in its name',
      is: origin,
      otherwise: 'every byte goes through the server',
      example: 'https://files.example.org',
    }),
  },
  contradictions: ({ mediaOrigin, s3Endpoint, s3Bucket, s3AccessKey, s3SecretKey, azureConnectionString, azureContainer }) => {
    const s3 = { S3_ENDPOINT: s3Endpoint, S3_BUCKET: s3Bucket, S3_ACCESS_KEY: s3AccessKey, S3_SECRET_KEY: s3SecretKey };
    const azure = { AZURE_STORAGE_CONNECTION_STRING: azureConnectionString, AZURE_STORAGE_CONTAINER: azureContainer };
    const both = [...givenOf(s3), ...givenOf(azure)];
    if (mediaOrigin !== undefined && both.length === 0)
      return [
        { between: ['CONFAB_MEDIA_ORIGIN'], fault: 'Files lie on the disk, which no browser reaches: remove it, or name an object store.' },
      ];
    if (mediaOrigin !== undefined && azureConnectionString?.includes('AccountKey=') === false)
      return [
        {
          between: ['CONFAB_MEDIA_ORIGIN', 'AZURE_STORAGE_CONNECTION_STRING'],
          fault: 'Addresses for browsers are signed with the key of the account: give a connection string with AccountKey.',
        },
      ];
    if (givenOf(s3).length > 0 && givenOf(azure).length > 0)
      return [{ between: both, fault: 'Files lie in one store: name one of S3 and Azure, and remove the variables of the other.' }];
    return [s3, azure].flatMap((store) => {
      const missing = Object.keys(store).filter((name) => !givenOf(store).includes(name));
      if (missing.length === 0 || missing.length === Object.keys(store).length) return [];
      return [{ between: Object.keys(store), fault: `An object store needs ${missing.join(', ')} too.` }];
    });
  },
});

const givenOf = (store: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(store).flatMap(([name, value]) => (value === undefined ? [] : name));

/** Where the object store is; null where files lie on the disk. */
export function objectStoreOf({
  azureConnectionString,
  azureContainer,
  s3Endpoint,
  s3Bucket,
  s3AccessKey,
  s3SecretKey,
  s3Region,
  mediaOrigin: directOrigin,
}: ObjectStoreValues) {
  if (azureConnectionString !== undefined && azureContainer !== undefined)
    return { connectionString: azureConnectionString, container: azureContainer, directOrigin };
  if (s3Endpoint === undefined || s3Bucket === undefined || s3AccessKey === undefined || s3SecretKey === undefined) return null;
  return { endpoint: s3Endpoint, bucket: s3Bucket, accessKey: s3AccessKey, secretKey: s3SecretKey, region: s3Region, directOrigin };
}

type ObjectStoreValues = Omit<ValuesOf<typeof mediaConfig.variables>, 'mediaShared' | 'clamavUrl'>;
