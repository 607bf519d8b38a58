import { beforeEach, describe, expect, test } from '@jest/globals';
import { onPress } from './on-press.ts';
import { ScopeOfTest } from './worker.fixture.ts';

let around: ScopeOfTest;
let asked: unknown[];
let outcome: 'sent' | 'kept' | 'refused' | Error;

beforeEach(() => {
  around = new ScopeOfTest();
  asked = [];
  outcome = 'sent';
});

const data = { eventId: 'e7', path: '/c/lunch/7', conversationId: 'lunch', seq: 7, language: 'en', ownerId: 'me' };

async function press({ action = '', reply = null, of = data as unknown }: { action?: string; reply?: string | null; of?: unknown } = {}) {
  let closed = 0;
  const notification = { tag: 'e7', data: of, close: () => (closed += 1) };
  const answer = (...what: unknown[]) => {
    asked.push(what);
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  };
  await onPress(
    { notification, action, reply, waitUntil: () => undefined },
    {
      scope: around.scope,
      answerWithinMs: 50,
      account: {
        markRead: async (owner, at) => {
          await answer('read', owner, at);
        },
        reply: (owner, to) => answer('reply', owner, to) as Promise<'sent'>,
      },
    },
  );
  expect(closed).toBe(1);
}

describe('a press on a notification', () => {
  test('brings the page that was looked at last to the message', async () => {
    const hidden = around.opens({ answers: true });
    const seen = around.opens({ answers: true, focused: true, visibilityState: 'visible' });
    await press();
    expect([seen, hidden.focuses]).toEqual([{ went: ['/c/lunch/7'], loaded: [], focuses: 1 }, 0]);
    expect(around.opened).toEqual([]);
  });

  test('opens a window where there is none', async () => {
    await press();
    expect(around.opened).toEqual(['/c/lunch/7']);
  });

  test('loads a page that does not answer, and opens a window where that is refused', async () => {
    const silent = around.opens({ answers: false });
    await press();
    expect(silent.loaded).toEqual(['/c/lunch/7']);
    around.windows = [];
    around.opens({ answers: false, navigate: () => Promise.reject(new TypeError('not controlled')) });
    await press();
    expect(around.opened).toEqual(['/c/lunch/7']);
  });

  test('goes on where the system does not let a window come to the front', async () => {
    const page = around.opens({ answers: true, focus: () => Promise.reject(new Error('no gesture')) });
    await press();
    expect(page.went).toEqual(['/c/lunch/7']);
  });

  test('that none of ours is opens the page', async () => {
    await press({ of: null });
    expect(around.opened).toEqual(['/']);
  });
});

describe('the button that marks as read', () => {
  test('does so for whom the notification is for, and opens nothing', async () => {
    await press({ action: 'read' });
    expect(asked).toEqual([['read', 'me', { conversationId: 'lunch', seq: 7 }]]);
    expect([around.opened, around.shown]).toEqual([[], []]);
  });

  test('says that it did not work', async () => {
    outcome = new Error('offline');
    await press({ action: 'read' });
    expect(around.shown).toMatchObject([{ title: 'Could not be marked as read', data: { path: '/c/lunch/7' } }]);
  });

  test('does nothing where nobody turned pushes on', async () => {
    await press({ action: 'read', of: { ...data, ownerId: null } });
    expect(asked).toEqual([]);
  });
});

describe('a reply', () => {
  test('that was written in the notification is sent for whom it is for', async () => {
    await press({ action: 'reply', reply: 'Yes!' });
    expect(asked).toEqual([['reply', 'me', { conversationId: 'lunch', text: 'Yes!' }]]);
    expect([around.opened, around.shown]).toEqual([[], []]);
  });

  test('opens the message where the system has no field for it', async () => {
    await press({ action: 'reply' });
    expect([asked, around.opened]).toEqual([[], ['/c/lunch/7']]);
  });

  test('that waits or is refused is said, with its text', async () => {
    outcome = 'kept';
    await press({ action: 'reply', reply: 'Cake $& tea' });
    expect(around.shown).toMatchObject([{ options: { body: 'It goes out when you open Confab: “Cake $& tea”' } }]);
    outcome = 'refused';
    await press({ action: 'reply', reply: 'Yes!', of: { ...data, language: 'ru' } });
    expect(around.shown).toMatchObject([{ title: 'Ответ не отправлен', options: { body: 'Yes!' } }]);
  });
});
