import { useEffect, useState, type RefObject } from 'react';
import { useApp } from '../../app/app-context.tsx';
import type { Message } from '../../shared/model.ts';
import { Popover } from '../../shared/ui/popover.tsx';
import { EmojiSearch } from './emoji-search.tsx';
import { toggleReaction } from './toggle-reaction.ts';

/** The emoji picker beside the message it is for. */
export function ReactionPicker({ message, row }: { message: Message; row: RefObject<HTMLElement | null> }) {
  const app = useApp();
  const [anchor, setAnchor] = useState<Element | null>(null);
  useEffect(() => {
    const tools = row.current?.querySelector('.message-tools');
    setAnchor(tools ?? row.current);
  }, [row]);
  const close = () => app.ui.reacting.set(null);
  if (!anchor) return null;
  return (
    <Popover label={app.t('emoji.label')} anchor={anchor} onClose={close}>
      <EmojiSearch
        onChoose={(emoji) => {
          close();
          void toggleReaction(app, message, emoji);
        }}
      />
    </Popover>
  );
}
