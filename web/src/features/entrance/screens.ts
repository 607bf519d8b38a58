/** All that is shown before the chat: one part of the page, read when it is needed. */
export { InviteScreen } from './invite-screen.tsx';
export { ResetScreen } from './reset-screen.tsx';
export { NotSetUpScreen, SetupScreen } from './setup-screen.tsx';
export { SignInScreen } from './sign-in-screen.tsx';
export { SignUpScreen } from './sign-up-screen.tsx';
