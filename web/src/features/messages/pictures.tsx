import { lazy, Suspense, useEffect, useState } from 'react';
import { thumbHashToDataURL } from 'thumbhash';
import type { Client } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { partOnceThere } from '../../app/part.ts';
import type { Attachment } from '../../shared/model.ts';
import { useSelected } from '../../shared/state/use-store.ts';
import { boxOf } from './picture-box.ts';
import { PictureUrls } from './picture-urls.ts';

export const Lightbox = lazy(async () => ({ default: (await partOnceThere(() => import('./lightbox.tsx'))).Lightbox }));

export type Picture = Attachment & { readonly width: number; readonly height: number };

/** A file that has a box and a preview. */
export const isPicture = (file: Attachment): file is Picture =>
  file.mimeType.startsWith('image/') && file.thumbnailUrl !== undefined && file.width !== undefined && file.height !== undefined;

/** The pictures of one message. */
export function Pictures({ pictures }: { pictures: readonly Picture[] }) {
  const { t } = useApp();
  const urls = usePictureUrls();
  const [shown, setShown] = useState<number | null>(null);
  return (
    <ul className="pictures" aria-label={t('files.label', { count: pictures.length })}>
      {pictures.map((picture, index) => (
        <li key={picture.id}>
          <button
            type="button"
            className="picture"
            style={{ ...boxStyleOf(picture, pictures.length), ...placeholderOf(picture) }}
            aria-label={t('files.show', { name: picture.name })}
            onClick={() => {
              setShown(index);
            }}
          >
            <Thumbnail picture={picture} urls={urls} />
          </button>
        </li>
      ))}
      {shown === null ? null : (
        <Suspense>
          <Lightbox
            pictures={pictures}
            first={shown}
            urls={urls}
            onClose={() => {
              setShown(null);
            }}
          />
        </Suspense>
      )}
    </ul>
  );
}

/** Of its proportions also where the window is narrower than the box. */
function boxStyleOf(picture: Picture, count: number) {
  const { width, height } = boxOf(picture, count);
  return { width, aspectRatio: `${String(width)} / ${String(height)}` };
}

/** Asks again when the connection comes back. */
export function Thumbnail({ picture: { id }, urls }: { picture: Pick<Attachment, 'id'>; urls: PictureUrls }) {
  const { client } = useApp();
  const isOnline = useSelected(client.connection, ({ status }) => status === 'online');
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (url !== null) return;
    let isGone = false;
    urls.get(id, 'small').then(
      (loaded) => {
        if (!isGone) setUrl(loaded);
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [id, urls, url, isOnline]);
  return url === null ? null : <img src={url} alt="" draggable={false} />;
}

export function placeholderOf({ thumbhash }: Pick<Attachment, 'thumbhash'>): { backgroundImage?: string } {
  if (thumbhash === undefined) return {};
  try {
    return { backgroundImage: `url("${thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0)))}")` };
  } catch {
    return {};
  }
}

let held: { readonly client: Client; readonly userId: string; readonly urls: PictureUrls } | null = null;

/** One for the whole page, and another for another person. */
export function usePictureUrls(): PictureUrls {
  const { client } = useApp();
  const { id: userId } = useMe();
  if (held?.client !== client || held.userId !== userId) {
    held?.urls.clear();
    held = { client, userId, urls: new PictureUrls(client) };
  }
  return held.urls;
}
