import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { isAdmin, useMe } from '../../app/me.ts';
import { failureText } from '../../shared/failure.ts';
import type { Invite } from '../../shared/model.ts';
import { Button } from '../../shared/ui/button.tsx';
import { CopyField } from '../../shared/ui/copy-field.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { InviteMail } from './invite-mail.tsx';
import './people.css';

const daySeconds = 86_400;
const lives = [1, 7, 30] as const;

type InviteRole = 'admin' | 'member' | 'guest';

interface Terms {
  readonly days: string;
  readonly uses: string;
  readonly role: InviteRole;
}

/** Makes a link that lets people in; other terms make another link. */
export function InvitePeople({ onClose }: { onClose: () => void }) {
  const { client, t } = useApp();
  const me = useMe();
  const [terms, setTerms] = useState<Terms>({ days: '7', uses: 'any', role: 'member' });
  const [invite, setInvite] = useState<Invite | null>(null);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    const { days, uses, role } = terms;
    const bound = uses === 'any' ? {} : { maxUses: Number(uses) };
    setInvite(await client.call(api.auth.createInvite, { role, expiresIn: Number(days) * daySeconds, ...bound }));
  });
  const change = (part: Partial<Terms>) => {
    setTerms({ ...terms, ...part });
    setInvite(null);
  };
  return (
    <Dialog title={t('action.invitePeople')} onClose={onClose}>
      <div className="stack">
        <form className="stack" onSubmit={onSubmit}>
          <p className="muted">{t('invitePeople.text')}</p>
          {failure ? <Notice look="error">{failureText(t, failure)}</Notice> : null}
          <TermFields terms={terms} onChange={change} />
          {invite ? (
            <InviteLink invite={invite} />
          ) : (
            <Button type="submit" look="primary" icon="link" busy={busy}>
              {t('invitePeople.submit')}
            </Button>
          )}
        </form>
        {invite && isAdmin(me) ? <InviteMail invite={invite} /> : null}
      </div>
    </Dialog>
  );
}

function TermFields({ terms, onChange }: { terms: Terms; onChange: (part: Partial<Terms>) => void }) {
  const { t } = useApp();
  const me = useMe();
  const roles: readonly InviteRole[] = me.role === 'owner' ? ['member', 'guest', 'admin'] : ['member', 'guest'];
  return (
    <>
      <div className="form-pair">
        <SelectField
          label={t('invitePeople.life')}
          value={terms.days}
          onChoose={(days) => onChange({ days })}
          options={lives.map((life) => ({ value: String(life), label: t('days', { count: life }) }))}
        />
        <SelectField
          label={t('invitePeople.uses')}
          value={terms.uses}
          onChoose={(uses) => onChange({ uses })}
          options={[
            { value: 'any', label: t('invitePeople.anyUses') },
            ...[1, 5, 25].map((count) => ({ value: String(count), label: t('invitePeople.someUses', { count }) })),
          ]}
        />
      </div>
      <SelectField
        label={t('invitePeople.role')}
        value={terms.role}
        onChoose={(role) => onChange({ role })}
        options={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
      />
    </>
  );
}

function InviteLink({ invite }: { invite: Invite }) {
  const { t, times } = useApp();
  return (
    <>
      <CopyField label={t('invitePeople.link')} value={invite.url} copyLabel={t('copy')} copiedLabel={t('copied')} />
      {invite.expiresAt ? (
        <p className="muted form-note">{t('invitePeople.until', { when: times.full(new Date(invite.expiresAt)) })}</p>
      ) : null}
    </>
  );
}
