import { useEffect, useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { failureText } from '../../shared/failure.ts';
import type { Invite } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { TextField } from '../../shared/ui/field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';

/** Sends a link by mail, as often as it is asked to; nothing where this server sends no mails. */
export function InviteMail({ invite }: { invite: Invite }) {
  const { client, t, locale } = useApp();
  const sends = useSendsMails();
  const [email, setEmail] = useState('');
  const [said, setSaid] = useState<{ ok: boolean; to: string; detail: string } | null>(null);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    setSaid(null);
    const { ok, detail } = await client.call(api.notifications.mailInvite, { code: invite.code, email, language: locale });
    return () => {
      setSaid({ ok, to: email, detail });
      if (ok) setEmail('');
    };
  });
  if (!sends) return null;
  return (
    <form className="stack" onSubmit={onSubmit}>
      {failure ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
      {said?.ok === false ? <Notice look="error">{t('inviteMail.refused', { to: said.to, detail: said.detail })}</Notice> : null}
      {said?.ok ? <Notice look="success">{t('inviteMail.sent', { to: said.to })}</Notice> : null}
      <TextField
        label={t('inviteMail.address')}
        type="email"
        autoComplete="off"
        required
        maxLength={254}
        value={email}
        onChange={({ currentTarget }) => setEmail(currentTarget.value)}
      />
      <Button type="submit" busy={busy}>
        {t('inviteMail.submit')}
      </Button>
    </form>
  );
}

/** Whether mails are on; asked once, and no where it cannot be learned. */
function useSendsMails(): boolean {
  const { client } = useApp();
  const [sends, setSends] = useState(false);
  useEffect(() => {
    const asked = new AbortController();
    client.call(api.notifications.getChannels, {}).then(
      ({ items }) => {
        if (!asked.signal.aborted) setSends(items.some(({ channel, off }) => channel === 'mail' && off === null));
      },
      () => undefined,
    );
    return () => {
      asked.abort();
    };
  }, [client]);
  return sends;
}
