import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { translator } from '../../web/src/shared/i18n/translate.ts';
import { barriers, sidewaysScroll } from '../harness/accessible.ts';
import { openBrowser } from '../harness/browser.ts';
import { faintControls } from '../harness/contrast.ts';
import { CutWire } from '../harness/cut-wire.ts';
import { eventually } from '../harness/eventually.ts';
import { slowLine } from '../harness/slow-line.ts';
import { password } from '../harness/team.ts';
import { openTeamWithHistory, type TeamWithHistory } from '../harness/team-with-history.ts';
import { type Look, Visitor } from '../harness/visitor.ts';

jest.setTimeout(120_000);

const looks: readonly Look[] = [
  { name: 'desktop-en', language: 'en', width: 1440, height: 900 },
  { name: 'phone-ru', language: 'ru', width: 390, height: 844, touch: true },
];
const pastMessages = 250;

let browser: Browser;
let scene: TeamWithHistory;

beforeAll(async () => {
  [browser, scene] = await Promise.all([openBrowser(), openTeamWithHistory(pastMessages)]);
});

afterAll(async () => {
  await browser.close();
  await scene.close();
});

describe.each(looks)('the first day of a newcomer over a bad line: $name', (look) => {
  let line: CutWire & { readonly url: string };
  let vera: Visitor;
  let groupId: string;
  const { language } = look;
  const username = `vera-${look.name}`;
  const name = language === 'ru' ? 'Вера Ильина' : 'Vera Hill';

  beforeAll(async () => {
    line = await CutWire.to(scene.server.url, slowLine({ oneWayMs: 150, lossPercent: 1, retransmitMs: 250, seed: 7 }));
    vera = await Visitor.open(browser, line.url, look);
  });
  afterAll(async () => {
    await vera.device.close();
    await line.close();
  });

  async function expectFitting(part?: string): Promise<void> {
    await vera.still();
    expect(await barriers(vera.page, part)).toEqual([]);
    expect(await faintControls(vera.page)).toEqual([]);
    expect(await sidewaysScroll(vera.page)).toBeLessThanOrEqual(0);
  }

  test('the invite leads into the team, where there is something to read', async () => {
    const { page, t } = vera;
    const { code } = await scene.olga.api.ok<{ code: string }>('POST', '/invites', {});
    await page.goto(`/invite/${code}`);
    await page.getByLabel(t('field.displayName')).fill(name);
    await vera.picture('invite');
    await expectFitting();
    await page.getByLabel(t('field.email')).fill(`${username}@example.org`);
    await page.getByLabel(t('field.username')).fill(username);
    await page.getByLabel(t('field.password'), { exact: true }).fill(password);
    await vera.press(vera.button(t('signUp.submit')));
    await vera.listEntry('general').waitFor();
    if (!vera.hasFingers) await vera.title('general').waitFor();
    await vera.picture('landed');
    await vera.openConversation('general');
    await vera.message(`past ${String(pastMessages)}`).waitFor();
    await vera.picture('general');
    await expectFitting();
  });

  test('history is read upward to the first message, without a gap and without a jump back', async () => {
    const seqs = () =>
      vera.timeline.locator('[data-seq]').evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['seq'])));
    await eventually(async () => {
      const before = await vera.firstOnScreen();
      await vera.scroll(-3_000);
      expect(await vera.firstOnScreen()).toBeLessThanOrEqual(before);
      expect((await seqs())[0]).toBe(1);
    }, 60_000);
    const shown = await seqs();
    expect(shown).toEqual(shown.map((_seq, at) => at + 1));
    await eventually(async () => {
      await vera.scroll(-3_000);
      expect(await vera.firstOnScreen()).toBe(1);
    });
    await vera.picture('first-message');
    await vera.press(vera.button(vera.t('action.jumpToLatest')));
    await vera.message(`past ${String(pastMessages)}`).waitFor();
  });

  test('three messages in a row take no other room on their way, and are stored once, in their order', async () => {
    const texts = ['one', 'two', 'three'].map((word) => `${username} says ${word}`);
    const heights = () => Promise.all(texts.map(async (text) => (await vera.message(text).boundingBox())?.height));
    for (const text of texts) {
      await vera.write(text);
      await vera.message(text).waitFor();
    }
    const onTheirWay = await heights();
    await vera.picture('three-sent');
    for (const text of texts) await vera.sent(text).waitFor();
    expect(await heights()).toEqual(onTheirWay);
    expect((await scene.boris.reads(scene.generalId)).map(({ text }) => text).slice(-3)).toEqual(texts);
    expect(await vera.composer.inputValue()).toBe('');
  });

  test('an edit, a deletion and a reaction stand where they were made', async () => {
    const { t, page } = vera;
    await vera.inMessageMenu(vera.sent(`${username} says two`), t('action.edit'));
    await vera.composer.fill(`${username} says 2`);
    await vera.send();
    await vera.message(`${username} says 2`).getByText(t('message.edited')).waitFor();
    await vera.inMessageMenu(vera.sent(`${username} says three`), t('action.delete'));
    await vera.picture('delete');
    await vera.press(page.getByRole('dialog').getByRole('button', { name: t('action.delete'), exact: true }));
    await vera.message(`${username} says three`).waitFor({ state: 'detached' });
    await vera.timeline.getByText(t('message.deleted')).last().waitFor();
    const one = vera.message(`${username} says one`);
    await vera.inMessageMenu(one, t('message.reactWith', { emoji: '👍' }));
    const reaction = one.getByRole('group', { name: t('reactions.label') }).getByRole('button', { pressed: true });
    await reaction.waitFor();
    await vera.picture('edited');
  });

  test('a reply quotes what it answers, a mention is chosen from the list and leads to the person', async () => {
    const { t, page } = vera;
    const text = `a question for ${username}`;
    await scene.ana.posts(scene.generalId, text);
    await vera.inMessageMenu(vera.message(text), t('action.reply'));
    await vera.picture('reply');
    await vera.write(`an answer of ${username}`);
    await vera.sent(`an answer of ${username}`).getByText(text).waitFor();
    await vera.composer.focus();
    await page.keyboard.type(`thanks from ${username}, @an`);
    const option = page.getByRole('option', { name: /ana/ });
    await option.waitFor();
    await vera.picture('mention');
    await vera.press(option);
    await vera.send();
    const mention = vera.sent(`thanks from ${username}, @ana`).locator('.mention');
    await vera.press(mention);
    await vera.dialog('ana').getByText('@ana').waitFor();
    await vera.picture('card');
    await expectFitting('.menu');
    await page.goBack();
    await vera.dialog('ana').waitFor({ state: 'detached' });
  });

  test('a direct conversation and a group are begun, and answered', async () => {
    const { t, page } = vera;
    await vera.goToList();
    await vera.press(vera.button(t('action.newConversation')).first());
    await page.getByLabel(t('people.search')).fill('ana');
    await vera.press(page.getByRole('checkbox', { name: 'ana', exact: true }));
    await vera.picture('new-conversation');
    await expectFitting('[role=dialog]');
    await vera.press(vera.button(t('newConversation.start')));
    await vera.title('ana').waitFor();
    await vera.write(`hello ana, ${username} here`);
    await vera.sent(`hello ana, ${username} here`).waitFor();
    await vera.picture('direct');
    await vera.goToList();
    await vera.press(vera.button(t('action.newConversation')).first());
    for (const other of ['ana', 'boris']) await vera.press(page.getByRole('checkbox', { name: other, exact: true }));
    await page.getByLabel(t('field.groupName')).fill(`Lunch ${username}`);
    await vera.picture('new-group');
    await vera.press(vera.button(t('newConversation.createGroup')));
    await vera.title(`Lunch ${username}`).waitFor();
    await vera.write('who comes along?');
    await vera.sent('who comes along?').waitFor();
    groupId = new URL(page.url()).pathname.split('/')[2] ?? '';
    await scene.ana.posts(groupId, 'I do');
    await vera.message('I do').waitFor();
    await vera.picture('group');
  });

  test('a public channel is found and joined', async () => {
    const { t, page } = vera;
    await vera.goToList();
    await vera.press(vera.button(t('action.browseChannels')));
    await vera.dialog(t('action.browseChannels')).getByText('Beds, seeds and the compost heap').waitFor();
    await vera.picture('channels');
    await vera.press(vera.button(t('channels.joinNamed', { name: 'garden' })));
    await vera.title('garden').waitFor();
    await page.getByText(t('start.channel', { name: 'garden' })).waitFor();
  });

  test('a search finds an old message, and the result leads to its place', async () => {
    const { t, page } = vera;
    await vera.goToList();
    await vera.press(
      vera.list
        .page()
        .getByRole('button', { name: t('action.searchMessages') })
        .first(),
    );
    await page.getByRole('searchbox', { name: t('search.title') }).fill('"past 137"');
    const result = page
      .getByRole('list', { name: t('search.results') })
      .getByRole('button')
      .first();
    await result.getByText('past 137').waitFor();
    await vera.picture('search');
    await expectFitting('aside.panel');
    await vera.press(result);
    await eventually(async () => {
      const box = await vera.message('past 137 ').boundingBox();
      expect(Math.abs((box?.y ?? 0) - (look.height ?? 0) / 2)).toBeLessThan((look.height ?? 0) / 3);
    });
    await vera.picture('found');
    await vera.press(vera.button(t('action.jumpToLatest')));
    await vera.message(`thanks from ${username}, @ana`).waitFor();
    if (await page.getByRole('searchbox', { name: t('search.title') }).isVisible()) await page.goBack();
  });

  test('a status is set, and others read it on the card', async () => {
    const { t, page } = vera;
    await vera.inOwnMenu(t('action.writeStatus'));
    await page.getByLabel(t('field.statusText')).fill('In the garden');
    await vera.picture('status');
    await vera.press(vera.button(t('save')));
    await page
      .getByRole('button', { name: t('ownMenu.label') })
      .getByText('In the garden')
      .waitFor();
  });

  test('language and theme change at once, and back', async () => {
    const { t, page } = vera;
    const other = translator(language === 'ru' ? 'en' : 'ru');
    await vera.goToList();
    await vera.press(vera.button(t('action.openSettings')));
    await vera.press(page.getByRole('tab', { name: t('settings.appearance') }));
    await vera.press(page.getByRole('radio', { name: t('theme.dark') }));
    await vera.press(page.getByRole('radio', { name: language === 'ru' ? 'English' : 'Русский' }));
    await vera.dialog(other('settings.title')).waitFor();
    await vera.picture('settings');
    await expectFitting('[role=dialog]');
    await vera.press(vera.button(other('close'), vera.dialog(other('settings.title'))));
    await vera.openConversation(`Lunch ${username}`);
    await vera.picture('dark');
    await expectFitting();
    await vera.goToList();
    await vera.picture('dark-list');
    await vera.press(vera.button(other('action.openSettings')));
    await vera.press(page.getByRole('tab', { name: other('settings.appearance') }));
    await vera.press(page.getByRole('radio', { name: language === 'ru' ? 'Русский' : 'English' }));
    await vera.press(vera.button(t('close'), vera.dialog(t('settings.title'))));
    await vera.dialog(t('settings.title')).waitFor({ state: 'detached' });
  });

  test('what is written while the line is cut arrives once it is back, once and in order', async () => {
    const { t, page } = vera;
    await vera.openConversation(`Lunch ${username}`);
    await vera.write('before the cut');
    line.cut();
    const mine = [1, 2, 3].map((n) => `written in the tunnel ${String(n)}`);
    for (const text of mine) await vera.write(text);
    await page.getByRole('status').getByText(t('connection.offline')).waitFor();
    await vera.picture('cut');
    await expectFitting('.shell-banner');
    for (const n of [1, 2, 3]) await scene.boris.posts(groupId, `meanwhile ${String(n)}`);
    line.mend();
    for (const text of mine) await vera.sent(text).waitFor({ timeout: 30_000 });
    await vera.message('meanwhile 3').waitFor();
    const log = (await scene.ana.reads(groupId)).map(({ text }) => text);
    expect(log.filter((text) => mine.includes(text))).toEqual(mine);
    expect(log.filter((text) => text === 'before the cut')).toHaveLength(1);
    await eventually(async () => {
      expect(await vera.texts()).toEqual(log);
    });
    await vera.picture('mended');
  });

  test('what is unread is counted, marked by a line, and gone once it is read', async () => {
    const { t, page } = vera;
    await vera.goToList();
    if (!vera.hasFingers) await vera.openConversation('ana');
    for (const n of [1, 2, 3]) await scene.boris.posts(groupId, `news ${String(n)}`);
    await vera
      .listEntry(`Lunch ${username}`)
      .getByText(t('badge.unread', { count: 3 }))
      .waitFor({ state: 'attached' });
    await vera.picture('unread');
    await vera.openConversation(`Lunch ${username}`);
    await vera.message('news 3').waitFor();
    await vera.timeline.getByText(t('timeline.new'), { exact: true }).waitFor();
    await vera.picture('new-line');
    await eventually(async () => {
      expect(await vera.list.getByText(t('badge.unread', { count: 3 })).count()).toBe(0);
    });
    await vera.openConversation('general');
    await vera.message(`an answer of ${username}`).waitFor();
    await eventually(async () => {
      await vera.scroll(-900);
      await vera.button(t('action.jumpToLatest')).waitFor({ timeout: 200 });
    });
    await scene.ana.posts(scene.generalId, `last news for ${username}`);
    await vera.press(page.getByRole('button', { name: t('timeline.jumpUnread', { count: 1 }) }));
    await vera.message(`last news for ${username}`).waitFor();
    await page.locator('.jump-latest').waitFor({ state: 'detached' });
  });

  test('Back closes the topmost layer, one after the other', async () => {
    const { t, page } = vera;
    await vera.openConversation(`Lunch ${username}`);
    await vera.press(vera.title(`Lunch ${username}`).getByRole('button'));
    const members = page.getByRole('complementary', { name: t('members.title') });
    await vera.press(members.getByRole('button').filter({ hasText: '@boris' }));
    await vera.dialog('boris').waitFor();
    await vera.picture('layers');
    await page.goBack();
    await vera.dialog('boris').waitFor({ state: 'detached' });
    await members.waitFor();
    await page.goBack();
    await members.waitFor({ state: 'detached' });
    await vera.composer.waitFor();
  });

  test('the next person at the same tab sees nothing of the first', async () => {
    const { t, page } = vera;
    const { name: login } = await scene.team.actor(`lev-${look.name}`);
    await vera.composer.fill('a secret of the first');
    await vera.inOwnMenu(t('action.signOut'));
    await page.getByLabel(t('field.login')).waitFor();
    await vera.picture('signed-out');
    await expectFitting();
    await vera.signIn(login);
    await vera.listEntry('general').waitFor();
    await vera.picture('next-person');
    expect(await vera.listEntry(`Lunch ${username}`).count()).toBe(0);
    await page.goBack();
    await vera.picture('back-as-the-next');
    await page.goto('/');
    await vera.openConversation('general');
    expect(await vera.composer.inputValue()).toBe('');
    expect(await page.getByText('In the garden').count()).toBe(0);
    expect(await page.getByText('a secret of the first').count()).toBe(0);
  });

  test('the page had no fault of its own', () => {
    expect(vera.device.faults).toEqual([]);
  });
});
