import { useState } from 'react';
import { api } from '../../../../client/index.ts';
import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { fieldText, formText } from '../../shared/failure.ts';
import { Avatar } from '../../shared/ui/avatar.tsx';
import { AvatarField } from '../avatars/avatar-field.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { TextField } from '../../shared/ui/field.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';

export function ProfileTab() {
  const { client, ui, t } = useApp();
  const me = useMe();
  const [displayName, setDisplayName] = useState(me.displayName);
  const [username, setUsername] = useState(me.username);
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await client.call(api.auth.updateMe, { displayName: displayName.trim(), username });
    ui.showToast(t('toast.saved'));
  });
  const text = formText(t, failure, ['displayName', 'username']);
  const isChanged = displayName.trim() !== me.displayName || username !== me.username;
  return (
    <form className="stack" onSubmit={onSubmit}>
      <OwnPicture name={displayName || me.displayName} />
      <ProfileHead />
      {text ? <Notice look="error">{text}</Notice> : null}
      <TextField
        label={t('field.displayName')}
        value={displayName}
        onChange={(event) => setDisplayName(event.target.value)}
        error={fieldText(t, failure, 'displayName')}
        autoComplete="name"
        maxLength={80}
        required
      />
      <TextField
        label={t('field.username')}
        hint={t('field.username.hint')}
        value={username}
        onChange={(event) => setUsername(event.target.value.trim().toLowerCase())}
        error={fieldText(t, failure, 'username')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        minLength={2}
        maxLength={32}
        required
      />
      <div>
        <Button type="submit" look="primary" busy={busy} disabled={!isChanged}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

function OwnPicture({ name }: { name: string }) {
  const { client, t } = useApp();
  const me = useMe();
  return (
    <AvatarField
      label={t('avatar.own')}
      avatar={<Avatar id={me.id} name={name} src={me.avatarUrl} size={96} />}
      hasPicture={me.avatarUrl !== null}
      onSet={(pictureId) => client.call(api.media.setOwnAvatar, { pictureId })}
      onRemove={() => client.call(api.media.removeOwnAvatar, {})}
    />
  );
}

function ProfileHead() {
  const { t } = useApp();
  const me = useMe();
  return (
    <div className="profile-head">
      <div className="person-text">
        <span className="person-name ellipsis">{me.displayName}</span>
        <span className="person-line ellipsis">{[me.email, t(`role.${me.role}`)].filter(Boolean).join(' · ')}</span>
      </div>
    </div>
  );
}
