import { useEffect, useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { failureText } from '../../shared/failure.ts';
import type { Invite } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { CopyField } from '../../shared/ui/copy-field.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { SelectField } from '../../shared/ui/field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import './people.css';

const daySeconds = 86_400;
const lives = [1, 7, 30] as const;

/** Makes a link that lets people in. */
export function InvitePeople({ onClose }: { onClose: () => void }) {
  const { client, t, times } = useApp();
  const me = useMe();
  const [days, setDays] = useState('7');
  const [uses, setUses] = useState('any');
  const [role, setRole] = useState<'admin' | 'member' | 'guest'>('member');
  const [invite, setInvite] = useState<Invite | null>(null);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    setInvite(await client.call(api.auth.createInvite, { role, expiresIn: Number(days) * daySeconds, ...(uses === 'any' ? {} : { maxUses: Number(uses) }) }));
  });
  useEffect(() => setInvite(null), [days, uses, role]);
  const roles = me.role === 'owner' ? (['member', 'guest', 'admin'] as const) : (['member', 'guest'] as const);
  return (
    <Dialog title={t('action.invitePeople')} closeLabel={t('close')} onClose={onClose}>
      <form className="stack" onSubmit={onSubmit}>
        <p className="muted">{t('invitePeople.text')}</p>
        {failure ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
        <div className="form-pair">
          <SelectField label={t('invitePeople.life')} value={days} onChange={(event) => setDays(event.target.value)} options={lives.map((life) => ({ value: String(life), label: t('days', { count: life }) }))} />
          <SelectField
            label={t('invitePeople.uses')}
            value={uses}
            onChange={(event) => setUses(event.target.value)}
            options={[{ value: 'any', label: t('invitePeople.anyUses') }, ...[1, 5, 25].map((count) => ({ value: String(count), label: t('invitePeople.someUses', { count }) }))]}
          />
        </div>
        <SelectField label={t('invitePeople.role')} value={role} onChange={(event) => setRole(roles.find((one) => one === event.target.value) ?? 'member')} options={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))} />
        {invite ? (
          <>
            <CopyField label={t('invitePeople.link')} value={invite.url} copyLabel={t('copy')} copiedLabel={t('copied')} />
            {invite.expiresAt ? <p className="muted form-note">{t('invitePeople.until', { when: times.full(new Date(invite.expiresAt)) })}</p> : null}
          </>
        ) : (
          <Button type="submit" look="primary" icon="link" busy={busy}>
            {t('invitePeople.submit')}
          </Button>
        )}
      </form>
    </Dialog>
  );
}
