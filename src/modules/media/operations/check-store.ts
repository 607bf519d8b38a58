import { createHash } from 'node:crypto';
import type { Input, Output } from '../../../contracts/define.ts';
import type { checkStore } from '../../../contracts/media/upkeep.ts';
import { partsOf } from '../../../kernel/routes.ts';
import { compared } from '../domain/store-check.ts';
import type { MediaParts } from '../parts.ts';
import type { ExpectedBlob } from '../ports.ts';

/** Of each side, for one step. */
const together = 1_000;
/** Where every byte is read. */
const readTogether = 20;

type Answer = Output<typeof checkStore>;
type Fault = Answer['lacking'][number]['fault'];

export async function handleCheckStore(parts: MediaParts, { after, digest }: Input<typeof checkStore>): Promise<Answer> {
  const limit = digest ? readTogether : together;
  // The database first: what is stored in between looks like an orphan; it is young.
  const expected = await parts.files.expected({ after, limit });
  const stored = await parts.blobs.list(after, limit);
  const { sound, missing: absent, otherSize, orphans, next } = compared({ stored, expected, limit });
  const gone = new Set(await parts.files.unknown(absent.map(({ key }) => key)));
  const missing = absent.filter(({ key }) => !gone.has(key));
  const unlike = digest ? await withOtherDigest(parts, sound) : [];
  return {
    looked: sound.length + missing.length + otherSize.length,
    lacking: await described(parts, [...faulty(missing, 'missing'), ...faulty(otherSize, 'other_size'), ...faulty(unlike, 'other_digest')]),
    orphans: orphans.map(({ key, size, storedAt }) => ({ key, size, storedAt: new Date(storedAt).toISOString() })),
    next,
  };
}

const faulty = (blobs: readonly ExpectedBlob[], fault: Fault) => blobs.map((blob) => ({ ...blob, fault }));

async function withOtherDigest({ blobs }: MediaParts, sound: readonly ExpectedBlob[]): Promise<readonly ExpectedBlob[]> {
  const unlike: ExpectedBlob[] = [];
  for (const blob of sound) {
    if (blob.of !== 'file') continue;
    const hash = createHash('sha256');
    for await (const bytes of partsOf(await blobs.read(blob.key))) hash.update(bytes);
    if (hash.digest('hex') !== blob.sha256) unlike.push(blob);
  }
  return unlike;
}

async function described({ files }: MediaParts, lacking: readonly (ExpectedBlob & { fault: Fault })[]): Promise<Answer['lacking']> {
  const digests = lacking.flatMap(({ sha256 }) => sha256 ?? []);
  const known = new Map((digests.length === 0 ? [] : await files.withDigests(digests)).map((file) => [file.sha256, file]));
  return lacking.map(({ key, of, fault, size, sha256 }) => {
    const file = known.get(sha256 ?? '');
    return { key, of, fault, size, file: file ? { id: file.id, name: file.name, ownerId: file.ownerId } : null };
  });
}
