import { useApp } from '../../app/app-context.tsx';
import { useStore } from '../../shared/state/use-store.ts';
import { useNames } from '../people/people.ts';

/** Who types now; nothing while nobody does. */
export function WhoTypes({ conversationId }: { conversationId: string }) {
  const { client, t } = useApp();
  const ids = useStore(client.conversation(conversationId).typing);
  const names = useNames(ids);
  const [first, second] = names;
  let text = '';
  if (ids.length > 2) text = t('typing.several', { count: ids.length });
  else if (first && second) text = t('typing.two', { first, second });
  else if (first) text = t('typing.one', { name: first });
  return (
    <>
      {text === '' ? null : (
        <span className="typing-dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      )}
      {text}
    </>
  );
}
