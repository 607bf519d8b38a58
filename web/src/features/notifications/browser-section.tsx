import { useApp } from '../../app/app-context.tsx';
import { useMe } from '../../app/me.ts';
import { failureText } from '../../shared/failure.ts';
import { iconPaths } from '../../shared/icon-paths.ts';
import { Drawing } from '../../shared/icons.tsx';
import { lateIconPaths } from '../../shared/late-icon-paths.ts';
import { useStore } from '../../shared/state/use-store.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Notice } from '../../shared/ui/empty.tsx';
import { useSubmit } from '../../shared/ui/use-submit.ts';
import { pushOf } from './push.ts';
import type { PushState } from './push-registration.ts';

/** Whether this browser notifies also while the page is closed, and how to let it. */
export function BrowserSection({ onChange }: { onChange: () => void }) {
  const app = useApp();
  const { t } = app;
  const state = useStore(pushOf(app).state);
  return (
    <section className="setting" aria-labelledby="browser-title">
      <h3 id="browser-title">{t('push.title')}</h3>
      <p className="field-hint" role="status">
        {t(`push.${state}`)}
      </p>
      {state === 'install' ? <InstallSteps /> : null}
      {state === 'denied' ? <p className="field-hint">{t('push.denied.how')}</p> : null}
      {state === 'on' || state === 'off' ? <Toggle state={state} onChange={onChange} /> : null}
    </section>
  );
}

function Toggle({ state, onChange }: { state: PushState; onChange: () => void }) {
  const app = useApp();
  const me = useMe();
  const { busy, failure, onSubmit } = useSubmit(async () => {
    const push = pushOf(app);
    await (state === 'on' ? push.turnOff() : push.turnOn(me.id));
    onChange();
  });
  return (
    <>
      {failure ? <Notice look="error">{failedText(app.t, failure)}</Notice> : null}
      <div>
        <Button
          look={state === 'on' ? 'plain' : 'primary'}
          icon={state === 'on' ? 'bellOff' : 'bell'}
          busy={busy}
          onClick={() => onSubmit()}
        >
          {app.t(state === 'on' ? 'push.turnOff' : 'push.turnOn')}
        </Button>
      </div>
    </>
  );
}

/** A browser that cannot reach its push service says so by an `AbortError`. */
const failedText = (t: Parameters<typeof failureText>[0], failure: unknown): string =>
  failure instanceof DOMException ? t('push.failed', { name: failure.name }) : failureText(t, failure);

/** As the buttons of the system look. */
const pictures = { share: lateIconPaths.share, add: lateIconPaths.addSquare, open: iconPaths.bell } as const;

function InstallSteps() {
  const { t } = useApp();
  return (
    <ol className="notify-install">
      {(['share', 'add', 'open'] as const).map((step) => (
        <li key={step}>
          <span className="notify-step">
            <Drawing path={pictures[step]} size={22} />
          </span>
          {t(`push.install.${step}`)}
        </li>
      ))}
    </ol>
  );
}
