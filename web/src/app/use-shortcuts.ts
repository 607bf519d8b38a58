import { useLayoutEffect } from 'react';
import { openConversation } from '../features/conversations/open-conversation.ts';
import { isInputMethod } from '../shared/browser/input-method.ts';
import { useApp } from './app-context.tsx';
import { actionFor, perform } from './actions/perform.ts';
import { appActions, conversationActions } from './actions/registry.ts';

/** Key bindings of the app and of the open conversation, from anywhere on the page; an open dialog or menu keeps its own keys. */
export function useShortcuts(): void {
  const app = useApp();
  // With the paint: a key that is pressed as soon as the page is seen counts.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isInputMethod(event) || document.querySelector('[role="dialog"], [role="menu"]')) return;
      const typing = event.target instanceof Element && event.target.matches('input, textarea, select, [contenteditable]');
      const action = actionFor(app, appActions, undefined, event, typing);
      const conversation = openConversation(app);
      const onConversation = action || !conversation ? undefined : actionFor(app, conversationActions, conversation, event, typing);
      if (!action && !onConversation) return;
      event.preventDefault();
      if (action) void perform(app, action, undefined);
      else if (onConversation && conversation) void perform(app, onConversation, conversation);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [app]);
}
