import { Fragment, lazy, Suspense, useMemo } from 'react';
import { FileDrop } from '../features/uploads/late.tsx';
import { nameOrder } from '../shared/format/name-order.ts';
import { timeFormats } from '../shared/format/time.ts';
import { translator } from '../shared/i18n/translate.ts';
import { useSelected, useStore } from '../shared/state/use-store.ts';
import { Tips } from '../shared/ui/tips.tsx';
import { OverlayContext } from '../shared/ui/overlay-host.ts';
import { AppContext, useApp, type App } from './app-context.tsx';
import { Dialogs } from './dialogs.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { isAdmin, useMe } from './me.ts';
import { partWith } from './part.ts';
import { Shell } from './shell.tsx';
import { SigningOut, Splash } from './splash.tsx';
import { Toasts } from './toasts.tsx';

/** What a signed-in reader of messages does not need; each part is read when it is shown. */
const entrance = () => partWith(['entrance', 'dialogs'], () => import('../features/entrance/screens.ts'));
const admin = () => partWith(['admin', 'dialogs', 'notifications', 'panels'], () => import('../features/admin/admin-console.tsx'));
const InviteScreen = lazy(async () => ({ default: (await entrance()).InviteScreen }));
const NotSetUpScreen = lazy(async () => ({ default: (await entrance()).NotSetUpScreen }));
const ResetScreen = lazy(async () => ({ default: (await entrance()).ResetScreen }));
const SetupScreen = lazy(async () => ({ default: (await entrance()).SetupScreen }));
const SignInScreen = lazy(async () => ({ default: (await entrance()).SignInScreen }));
const SignUpScreen = lazy(async () => ({ default: (await entrance()).SignUpScreen }));
const AdminConsole = lazy(async () => ({ default: (await admin()).AdminConsole }));

export function AppRoot({ app }: { app: App }) {
  const locale = useStore(app.language);
  const { state, turn } = useStore(app.person);
  const zone = useSelected(app.clock, (moment) => moment.zone);
  // Created again for another time zone too, since a format keeps the time zone it was created with.
  const times = useMemo(() => timeFormats(locale), [locale, zone]);
  const localApp = useMemo(
    () => ({ ...app, ...state, locale, t: translator(locale), times, byName: nameOrder(locale) }),
    [app, state, locale, times],
  );
  const overlayHost = useMemo(() => {
    const { navigation, t, ui } = localApp;
    return { layers: navigation, closeLabel: t('close'), onPartMissing: () => ui.showToast(t('part.failed'), 'error') };
  }, [localApp]);
  return (
    <AppContext value={localApp}>
      <OverlayContext value={overlayHost}>
        <ErrorBoundary t={localApp.t}>
          <Fragment key={turn}>
            <Suspense fallback={<Splash />}>
              <Screen />
            </Suspense>
            <Dialogs />
          </Fragment>
        </ErrorBoundary>
        <FileDrop />
        <Toasts />
        <Tips />
      </OverlayContext>
    </AppContext>
  );
}

function Screen() {
  const { client, navigation } = useApp();
  const route = useStore(navigation.route);
  const status = useSelected(client.session, (session) => session.status);
  if (status === 'unknown') return <Splash />;
  if (route.name === 'reset') return <ResetScreen token={route.token} />;
  if (route.name === 'invite') return <InviteScreen code={route.code} />;
  if (status === 'signed-out') return <SignedOut />;
  return <SignedIn />;
}

function SignedOut() {
  const { navigation, team } = useApp();
  const route = useStore(navigation.route);
  const known = useStore(team.state);
  if (route.name === 'setup') return <SetupScreen token={route.token} />;
  if (!known.team) return <Splash failed={known.status === 'failed'} />;
  if (!known.team.setUp) return <NotSetUpScreen />;
  if (route.name === 'sign-up') return <SignUpScreen team={known.team} />;
  return <SignInScreen team={known.team} />;
}

function SignedIn() {
  const { navigation, ui } = useApp();
  const route = useStore(navigation.route);
  const isSigningOut = useStore(ui.isSigningOut);
  const me = useMe();
  if (isSigningOut) return <SigningOut />;
  if (route.name !== 'admin' || !isAdmin(me)) return <Shell />;
  return <AdminConsole section={route.section} />;
}
