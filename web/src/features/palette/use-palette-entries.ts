import { useMemo } from 'react';
import type { Action } from '../../app/actions/action.ts';
import { written } from '../../app/actions/keys.ts';
import { perform } from '../../app/actions/perform.ts';
import { appActions, conversationActions } from '../../app/actions/registry.ts';
import { openPalette } from '../../app/actions/open-palette.ts';
import { useApp, type LocalApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { chatRoute } from '../../app/routes.ts';
import { isApple } from '../../shared/browser/pointer.ts';
import { failureText } from '../../shared/failure.ts';
import type { User } from '../../shared/model.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { iconOf, peerOf, titleOf } from '../conversations/conversation-title.ts';
import { goToDirect, openConversation } from '../conversations/open-conversation.ts';
import type { PaletteEntry } from './palette-entries.ts';

/** Of the conversations, so many stand before the commands while nothing is typed. */
const recentAtMost = 5;

/** Recent conversations, what can be done, the other conversations, and people one has not written to yet. */
export function usePaletteEntries(found: readonly User[]): readonly PaletteEntry[] {
  const app = useApp();
  const me = useMe();
  const conversations = useStore(app.client.conversations);
  const people = useStore(app.client.people);
  const unknown = useStore(app.client.unknownPeople);
  return useMemo(() => {
    const peers = new Set(conversations.map((conversation) => peerOf(conversation, me.id)));
    const rooms = conversations.map((conversation): PaletteEntry => {
      const icon = iconOf(conversation);
      const peer = peerOf(conversation, me.id);
      return {
        id: conversation.id,
        label: titleOf(conversation, me.id, app),
        words: (peer && people.get(peer)?.username) ?? '',
        hint: conversation.topic ?? undefined,
        look:
          icon && conversation.avatarUrl === null
            ? { icon }
            : { avatarId: peer ?? conversation.id, src: peer === null ? conversation.avatarUrl : people.get(peer)?.avatarUrl },
        choose: () => app.navigation.go(chatRoute(conversation.id)),
      };
    });
    const open = openConversation(app);
    const commands = [
      ...(open ? conversationActions.filter((action) => action.test(app, open)).map((action) => commandOf(app, action, open)) : []),
      ...appActions
        .filter((action) => action !== openPalette && action.test(app, undefined))
        .map((action) => commandOf(app, action, undefined)),
    ];
    const strangers = found
      .filter((person) => person.id !== me.id && person.active && !peers.has(person.id))
      .map((person) => personOf(app, person));
    return [...rooms.slice(0, recentAtMost), ...commands, ...rooms.slice(recentAtMost), ...strangers];
  }, [app, conversations, people, unknown, found, me.id]);
}

function commandOf<S>(app: LocalApp, action: Action<S>, subject: S): PaletteEntry {
  return {
    id: action.name,
    label: app.t(action.label),
    words: '',
    hint: undefined,
    keys: action.keys ? written(action.keys, isApple()) : undefined,
    look: { icon: action.icon },
    choose: () => void perform(app, action, subject),
  };
}

const personOf = (app: LocalApp, person: User): PaletteEntry => ({
  id: person.id,
  label: person.displayName,
  words: person.username,
  hint: `@${person.username}`,
  look: { avatarId: person.id, src: person.avatarUrl },
  choose: () => void goToDirect(app, person.id).catch((error: unknown) => app.ui.showToast(failureText(app.t, error), 'error')),
});
