import type { UploadHandle } from '../../../../client/index.ts';
import { maxAttachments } from '../../../../src/contracts/chat/messages.ts';
import { store } from '../../shared/state/store.ts';
import { filesAtMost } from './attach.ts';
import { trayOf } from './tray.ts';

const upload = (id: string) => {
  const state = store({ clientMessageId: null as string | null, sent: 0 });
  return { handle: { id, state } as unknown as UploadHandle, state };
};

test('the tray holds what is in no message, and changes with that alone', () => {
  const [picture, report] = [upload('picture'), upload('report')];
  const uploads = store<readonly UploadHandle[]>([picture.handle]);
  const tray = trayOf(uploads);
  const seen: (readonly UploadHandle[])[] = [];
  const leave = tray.subscribe(() => {
    if (tray.get() !== seen.at(-1)) seen.push(tray.get());
  });
  uploads.set([picture.handle, report.handle]);
  report.state.update((now) => ({ ...now, sent: 7 }));
  picture.state.update((now) => ({ ...now, clientMessageId: 'message' }));
  uploads.set([report.handle]);
  leave();
  report.state.update((now) => ({ ...now, clientMessageId: 'another' }));
  expect(seen).toEqual([[picture.handle, report.handle], [report.handle]]);
  expect(tray.get()).toEqual([]);
});

test('a message takes as many files as the server allows', () => {
  expect(filesAtMost).toBe(maxAttachments);
});
