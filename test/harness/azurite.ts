import { BlobServiceClient } from '@azure/storage-blob';
import { newId } from '../../src/kernel/ids.ts';

/** A container of its own on the Azurite of `npm run services`, as the configuration names it. */
export async function ownContainer(connectionString: string) {
  const container = `confab-${newId()}`;
  await BlobServiceClient.fromConnectionString(connectionString).createContainer(container);
  return { azureConnectionString: connectionString, azureContainer: container };
}
