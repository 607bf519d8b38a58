import type { Visitor } from '../harness/visitor.ts';
import type { LookedAtTeam } from './team.ts';

export interface LookedAtScreen {
  readonly name: string;
  readonly address: (team: LookedAtTeam) => string;
  /** What is done there before the picture. */
  readonly then?: (visitor: Visitor) => Promise<unknown>;
}

const main = (more = '') => ({ address: ({ mainId }: LookedAtTeam) => `/c/${mainId}${more}` });
const dialog = (name: string): LookedAtScreen => ({ name: `dialog-${name.replace(':', '-')}`, ...main(`?dialog=${name}`) });
const admin = (section: string): LookedAtScreen => ({ name: `admin-${section}`, address: () => `/admin/${section}` });

/** Before anybody has signed in. */
export const entranceScreens: readonly LookedAtScreen[] = [
  { name: 'sign-in', address: () => '/sign-in' },
  { name: 'sign-up', address: () => '/sign-up' },
  { name: 'invite', address: ({ inviteCode }) => `/invite/${inviteCode}` },
  { name: 'invite-ended', address: () => '/invite/AAAAAAAAAAAA' },
  { name: 'reset', address: () => '/reset#token' },
  {
    name: 'sign-in-refused',
    address: () => '/sign-in',
    then: async ({ page, t }) => {
      await page.getByLabel(t('field.login')).fill('olga');
      await page.getByLabel(t('field.password'), { exact: true }).fill('not the password');
      await page.locator('form button[type=submit]').first().click();
      await page.getByRole('alert').first().waitFor();
    },
  },
];

export const screens: readonly LookedAtScreen[] = [
  { name: 'first', address: () => '/' },
  { name: 'conversation', ...main() },
  { name: 'direct', address: ({ directId }) => `/c/${directId}` },
  { name: 'closed-account', address: ({ closedId }) => `/c/${closedId}` },
  { name: 'empty', address: ({ emptyId }) => `/c/${emptyId}` },
  { name: 'not-found', address: () => '/c/01890000-0000-7000-8000-000000000000' },
  { name: 'members', ...main('?panel=members') },
  { name: 'pins', ...main('?panel=pins') },
  { name: 'files', ...main('?panel=files') },
  { name: 'notifications', ...main('?panel=notifications') },
  { name: 'search', ...main('?panel=search&q=release') },
  { name: 'search-nothing', ...main('?panel=search&q=zeppelin') },
  {
    name: 'message-menu',
    ...main(),
    then: async (visitor) => {
      const message = visitor.message('Retrospective');
      if (!visitor.hasFingers) await message.hover();
      await message.getByRole('button', { name: visitor.t('message.menu') }).click();
      await visitor.page.getByRole('menu').waitFor();
    },
  },
  ...[
    ['trace', 'Retrospective'],
    ['trace-held', 'may change the firewall'],
  ].map(([name = '', text = '']): LookedAtScreen => ({
    name,
    ...main(),
    then: async (visitor) => {
      await visitor.inMessageMenu(visitor.message(text).first(), visitor.t('action.showTrace'));
      await visitor.dialog(visitor.t('trace.title')).locator('p').first().waitFor();
    },
  })),
  {
    name: 'person-card',
    ...main(),
    then: async ({ page }) => {
      await page.locator('article .person-link').first().click();
      await page.locator('.person-card').waitFor();
    },
  },
  {
    name: 'emoji',
    ...main(),
    then: async (visitor) => {
      await visitor.page
        .locator('.composer')
        .getByRole('button', { name: visitor.t('composer.emoji') })
        .click();
      await visitor.page.locator('.emoji-picker').waitFor();
    },
  },
  { name: 'mention', ...main(), then: ({ composer }) => composer.pressSequentially('@') },
  {
    name: 'own-menu',
    address: () => '/',
    then: async ({ page, t }) => {
      await page.getByRole('button', { name: t('ownMenu.label') }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'palette',
    ...main(),
    then: ({ page }) => page.keyboard.press('Control+k'),
  },
  dialog('settings:profile'),
  dialog('settings:appearance'),
  dialog('settings:notifications'),
  ...[0.25, 0.5, 1].map((part): LookedAtScreen => ({
    ...dialog('settings:notifications'),
    name: `dialog-settings-notifications-${String(part * 100)}`,
    then: async ({ page }) => {
      await page.getByRole('dialog').locator('.notify-device').first().waitFor();
      await page.locator('.dialog-body').evaluate((body, at) => body.scrollTo(0, (body.scrollHeight - body.clientHeight) * at), part);
    },
  })),
  {
    ...dialog('settings:notifications'),
    name: 'push-test',
    then: async ({ page, t }) => {
      await page.getByRole('button', { name: t('push.testNamed', { name: 'Safari, iPhone' }) }).click();
      await page.locator('.notify-steps li').nth(1).waitFor();
    },
  },
  dialog('settings:password'),
  dialog('settings:devices'),
  dialog('shortcuts'),
  dialog('new-conversation'),
  dialog('browse-channels'),
  dialog('invite-people'),
  dialog('status'),
  { name: 'dialog-edit-conversation', address: ({ mainId }) => `/c/${mainId}?dialog=edit-conversation:${mainId}` },
  { name: 'dialog-conversation-notifications', address: ({ mainId }) => `/c/${mainId}?dialog=conversation-notifications:${mainId}` },
  { name: 'dialog-add-members', address: ({ emptyId }) => `/c/${emptyId}?dialog=add-members:${emptyId}` },
  ...['overview', 'users', 'invites', 'settings', 'storage', 'notifications', 'audit', 'dead-letters'].map(admin),
];
