import { lazy, Suspense } from 'react';
import type { UploadHandle } from '../../../../client/index.ts';
import { partOnceThere, partWith } from '../../app/part.ts';

export const uploadParts = () => partOnceThere(() => partWith(['files'], () => import('./parts.ts')));
const List = lazy(async () => ({ default: (await uploadParts()).UploadList }));
const Drop = lazy(async () => ({ default: (await uploadParts()).FileDrop }));

/** Files on their way. */
export function UploadList({ uploads }: { uploads: readonly UploadHandle[] }) {
  if (uploads.length === 0) return null;
  return (
    <Suspense>
      <List uploads={uploads} />
    </Suspense>
  );
}

export function FileDrop() {
  return (
    <Suspense>
      <Drop />
    </Suspense>
  );
}
