import { memo } from 'react';
import { ActionButton } from '../../app/action-button.tsx';
import { messageTools } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.tsx';
import { IconButton } from '../../shared/ui/button.tsx';
import type { MessageSubject } from './actions/message-subject.ts';
import { quickEmoji } from './emoji.ts';
import { toggleReaction } from './toggle-reaction.ts';

const offeredAtOnce = 3;

export interface MessageToolsProps {
  subject: MessageSubject;
  /** Pointed at or focused; of all other rows only the button of the menu exists. */
  active: boolean;
  onMenu: (anchor: Element) => void;
}

export const MessageTools = memo(function MessageTools({ subject, active, onMenu }: MessageToolsProps) {
  const app = useApp();
  const { t } = app;
  return (
    <div className="message-tools" role="group" aria-label={t('message.tools')}>
      {active
        ? quickEmoji.slice(0, offeredAtOnce).map((emoji) => (
            <button
              key={emoji}
              type="button"
              className="quick-emoji"
              aria-label={t('message.reactWith', { emoji })}
              data-tip={t('message.reactWith', { emoji })}
              onClick={() => void toggleReaction(app, subject.message, emoji)}
            >
              {emoji}
            </button>
          ))
        : null}
      {active ? messageTools.map((action) => <ActionButton key={action.name} action={action} subject={subject} size={18} />) : null}
      <IconButton
        icon="more"
        label={t('message.menu')}
        size={18}
        tabIndex={active ? 0 : -1}
        aria-haspopup="menu"
        onClick={(event) => onMenu(event.currentTarget)}
      />
    </div>
  );
});
