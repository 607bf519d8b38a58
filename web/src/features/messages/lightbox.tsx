import PhotoSwipe, { type SlideData } from 'photoswipe';
import { useEffect, useRef } from 'react';
import 'photoswipe/style.css';
import { type LocalApp, useApp } from '../../app/app-context.tsx';
import { saveAs } from '../../shared/browser/save-as.ts';
import { failureText } from '../../shared/failure.ts';
import { useLayer } from '../../shared/ui/overlay-host.ts';
import { wantsOriginal } from './original.ts';
import type { PictureUrls } from './picture-urls.ts';
import type { Picture } from './pictures.tsx';

type Content = NonNullable<PhotoSwipe['currSlide']>['content'];

interface LightboxProps {
  readonly pictures: readonly Picture[];
  /** Which of them is shown first. */
  readonly first: number;
  readonly urls: PictureUrls;
  readonly onClose: () => void;
}

/** Pictures large, over the page: arrows go on, Escape and Back close, a click zooms, and the original can be downloaded. */
export function Lightbox({ pictures, first, urls, onClose }: LightboxProps) {
  const app = useApp();
  const open = useRef<PhotoSwipe | null>(null);
  useLayer(() => {
    if (open.current) close(open.current);
  });
  useEffect(() => {
    const shown = viewerOf(app, { pictures, first, urls });
    open.current = shown;
    shown.on('destroy', onClose);
    shown.init();
    return () => {
      open.current = null;
      if (!shown.isDestroying) close(shown);
    };
    // It is opened once; what changes of the message meanwhile is seen when it is opened again.
  }, []);
  return null;
}

/** PhotoSwipe ignores a close while it opens. */
function close(viewer: PhotoSwipe): void {
  if (viewer.opener.isOpen) viewer.close();
  else
    viewer.on('openingAnimationEnd', () => {
      viewer.close();
    });
}

function viewerOf(app: LocalApp, { pictures, first, urls }: Omit<LightboxProps, 'onClose'>): PhotoSwipe {
  const { t } = app;
  const viewer = new PhotoSwipe({
    dataSource: pictures.map(({ width, height, name }): SlideData => ({ width, height, alt: name })),
    index: first,
    bgOpacity: 0.9,
    showHideAnimationType: 'fade',
    closeTitle: t('lightbox.close'),
    zoomTitle: t('lightbox.zoom'),
    arrowPrevTitle: t('lightbox.previous'),
    arrowNextTitle: t('lightbox.next'),
    errorMsg: t('lightbox.failed'),
  });
  // A slide without an address of its own counts as no picture there, and would close at a click.
  viewer.addFilter('isContentZoomable', (_isPicture, { state }) => state !== 'error');
  viewer.on('contentLoad', (event) => {
    const picture = pictures[event.content.index];
    if (!picture) return;
    event.preventDefault();
    void show(event.content, picture, urls);
  });
  showOriginals(app, viewer, pictures);
  viewer.on('uiRegister', () => {
    addDownload(app, viewer, pictures);
  });
  return viewer;
}

/** The slide waits for the bytes, which come with the token. */
async function show(content: Content, { id, name }: Picture, urls: PictureUrls): Promise<void> {
  const image = document.createElement('img');
  image.className = 'pswp__img';
  image.alt = name;
  content.element = image;
  content.state = 'loading';
  image.onload = () => {
    content.onLoaded();
  };
  image.onerror = () => {
    content.onError();
  };
  try {
    image.src = await urls.get(id, 'large');
  } catch {
    content.onError();
  }
}

/** Whoever zooms in sees the original, once it is loaded. */
function showOriginals({ client }: LocalApp, viewer: PhotoSwipe, pictures: readonly Picture[]): void {
  const asked = new Set<string>();
  viewer.on('zoomPanUpdate', ({ slide }) => {
    const picture = pictures[slide.index];
    const { element } = slide.content;
    if (!picture || !(element instanceof HTMLImageElement) || asked.has(picture.id)) return;
    const shownWidth = picture.width * slide.currZoomLevel * window.devicePixelRatio;
    if (!wantsOriginal(picture, { loadedWidth: element.naturalWidth, shownWidth })) return;
    asked.add(picture.id);
    const load = async () => {
      const original = new Image();
      original.src = (await client.link(picture.id)).url;
      // Decoded first: the preview stays until then.
      await original.decode();
      element.src = original.src;
    };
    // The preview is shown on; the next zoom tries again.
    load().catch(() => asked.delete(picture.id));
  });
}

function addDownload({ client, t, ui }: LocalApp, viewer: PhotoSwipe, pictures: readonly Picture[]): void {
  viewer.ui?.registerElement({
    name: 'download',
    order: 8,
    isButton: true,
    title: t('lightbox.download'),
    ariaLabel: t('lightbox.download'),
    html: {
      isCustomSVG: true,
      inner: '<path d="M20.5 14.3 17.1 18V10h-2.2v7.9l-3.4-3.6L10 16l6 6.1 6-6.1ZM23 23H9v2h14Z" id="pswp__icn-download"/>',
      outlineID: 'pswp__icn-download',
    },
    onClick: () => {
      const picture = pictures[viewer.currIndex];
      if (picture)
        client.download(picture.id).then(
          (bytes) => {
            saveAs(bytes, picture.name);
          },
          (error: unknown) => {
            ui.showToast(failureText(t, error), 'error');
          },
        );
    },
  });
}
