import { ownContainer } from '../harness/azurite.ts';
import { ownBucket } from '../harness/minio.ts';
import { openReplicas, type Replicas } from '../harness/replicas.ts';
import { requireService } from '../harness/services.ts';
import { onePerModule, openSplit, type Split } from '../harness/split.ts';
import { attachments } from '../scenarios/attachments.ts';

/** The scenarios with files, played on nodes that share no directory: their files are in MinIO or Azure. */
requireService('minio').describe('files in MinIO', (endpoint) => {
  requireService('redis').describe('of equal nodes', (url) => {
    let replicas: Replicas;
    let number = 0;
    beforeAll(async () => {
      replicas = await openReplicas([url, url], { ...(await ownBucket(endpoint)), mediaShared: undefined });
    });
    afterAll(() => replicas.close());

    for (const [name, play] of Object.entries(attachments)) {
      test(name, () => play(replicas.team.scene(`o${String(++number)}`)));
    }
  });

  requireService('rabbitmq').describe('of a split team with two processes for files', (url) => {
    let split: Split<string>;
    let number = 0;
    beforeAll(async () => {
      const store = await ownBucket(endpoint);
      const media = () => ({ modules: ['media'], transports: [], ...store });
      split = await openSplit(url, { ...onePerModule, media: media(), secondMedia: media() });
    });
    afterAll(() => split.close());

    for (const [name, play] of Object.entries(attachments)) {
      test(name, () => play(split.team.scene(`p${String(++number)}`)));
    }
  });
});

requireService('azurite').describe('files in Azure', (connectionString) => {
  requireService('redis').describe('of equal nodes', (url) => {
    let replicas: Replicas;
    let number = 0;
    beforeAll(async () => {
      replicas = await openReplicas([url, url], { ...(await ownContainer(connectionString)), mediaShared: undefined });
    });
    afterAll(() => replicas.close());

    for (const [name, play] of Object.entries(attachments)) {
      test(name, () => play(replicas.team.scene(`z${String(++number)}`)));
    }
  });
});
