import { useApp } from '../../app/app-context.tsx';
import { EntranceLayout } from './entrance-layout.tsx';

/** The server refuses the address that the page was opened at, and says which one is right where it knows. */
export function WrongAddress({ publicUrl }: { publicUrl: string | null }) {
  const { t } = useApp();
  if (publicUrl === null) {
    return (
      <EntranceLayout title={t('splash.address.title')} text={t('error.origin_refused')}>
        {null}
      </EntranceLayout>
    );
  }
  return (
    <EntranceLayout title={t('splash.address.title')} text={t('error.origin_refused.at', { address: publicUrl })}>
      <p className="form">
        <a className="button button-primary" href={publicUrl}>
          {t('splash.address.open', { address: publicUrl })}
        </a>
      </p>
    </EntranceLayout>
  );
}
