import type { App } from '../../app/app-context.tsx';

const atMostMs = 3_000;

/** Before a sign-out: this browser gets no more pushes of the person. A server or a part of the page that does not answer holds nobody up. */
export async function leaveBrowser(app: Pick<App, 'client' | 'language'>): Promise<void> {
  const left = import('./push.ts').then(({ pushOf }) => pushOf(app).leave());
  const late = new Promise<void>((resolve) => setTimeout(resolve, atMostMs));
  await Promise.race([left, late]).catch(() => undefined);
}
