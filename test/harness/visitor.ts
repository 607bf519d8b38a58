import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Locale, translator, type Translate } from '../../web/src/shared/i18n/translate.ts';
import { BrowserDevice, type Screen } from './browser.ts';
import { password } from './team.ts';
import { loadAllTexts } from './texts.ts';

export interface Look extends Screen {
  readonly name: string;
  readonly language: Locale;
}

/** A person at the page, in either language and with a mouse or with fingers: what they press has the name that they read. */
export class Visitor {
  readonly device: BrowserDevice;
  readonly page: Page;
  readonly t: Translate;
  readonly look: Look;
  #pictures = 0;

  static async open(browser: Browser, url: string, look: Look): Promise<Visitor> {
    await loadAllTexts();
    return new Visitor(await BrowserDevice.open(browser, url, { ...look, locale: look.language === 'ru' ? 'ru-RU' : 'en-GB' }), look);
  }

  private constructor(device: BrowserDevice, look: Look) {
    this.device = device;
    this.page = device.page;
    this.look = look;
    this.t = translator(look.language);
  }

  get hasFingers(): boolean {
    return this.look.touch === true;
  }

  async press(what: Locator): Promise<void> {
    await (this.hasFingers ? what.tap() : what.click());
  }

  button(name: string, within: Locator | Page = this.page): Locator {
    return within.getByRole('button', { name, exact: true });
  }

  get list(): Locator {
    return this.page.locator('.conversation-list');
  }

  listEntry(title: string): Locator {
    return this.list.getByRole('link', { name: new RegExp(`^${title}`) });
  }

  get timeline(): Locator {
    return this.page.getByRole('log');
  }

  message(text: string): Locator {
    return this.timeline.getByRole('article').filter({ hasText: text });
  }

  /** One that the server has. */
  sent(text: string): Locator {
    return this.message(text).and(this.page.locator('article:not([data-state])'));
  }

  get composer(): Locator {
    return this.page.locator('.composer textarea');
  }

  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name, exact: true });
  }

  async openConversation(title: string): Promise<void> {
    await this.goToList();
    await this.press(this.listEntry(title));
    await this.title(title).waitFor();
  }

  /** Of the open conversation. */
  title(title: string): Locator {
    return this.page.locator('main header').getByRole('heading', { name: title });
  }

  /** A phone shows the list or the conversation. */
  async goToList(): Promise<void> {
    await this.page.locator('.shell').waitFor();
    if (await this.list.isVisible()) return;
    const panel = this.page.getByRole('complementary', { name: this.t('search.title') });
    await this.press(this.page.locator('.back-button'));
    await this.list.or(panel).filter({ visible: true }).waitFor();
    if (await panel.isVisible()) await this.press(this.button(this.t('close'), panel));
    await this.list.waitFor();
  }

  /** Enter begins a line on a screen keyboard. */
  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.send();
  }

  async send(): Promise<void> {
    if (this.hasFingers) await this.page.locator('.composer-send').tap();
    else await this.composer.press('Enter');
  }

  /** Texts of the messages shown, in their order. */
  texts(): Promise<string[]> {
    return this.timeline.locator('article .rich').allInnerTexts();
  }

  /** By a wheel or by a finger; less than nothing leads to older messages. */
  async scroll(byPx: number): Promise<void> {
    const box = await this.timeline.boundingBox();
    const at = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
    if (this.hasFingers) return this.#drag(at.x, { from: at.y + Math.sign(byPx) * 300, to: at.y - Math.sign(byPx) * 300 });
    await this.page.mouse.move(at.x, at.y);
    await this.page.mouse.wheel(0, byPx);
  }

  async #drag(x: number, { from, to }: { from: number; to: number }): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const touch = (type: 'touchStart' | 'touchMove', y: number) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
    await touch('touchStart', from);
    for (let step = 1; step <= 5; step++) await touch('touchMove', from + ((to - from) * step) / 5);
    // The finger rests before it is lifted: else the page rolls on, and takes the next touch for the end of that.
    for (let frame = 0; frame < 4; frame++) {
      await this.page.evaluate(() => new Promise(requestAnimationFrame));
      await touch('touchMove', to);
    }
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await session.detach();
  }

  /** The number of the first message that begins on the screen. */
  firstOnScreen(): Promise<number> {
    return this.timeline.evaluate((frame) => {
      const { top } = frame.getBoundingClientRect();
      const rows = [...frame.querySelectorAll<HTMLElement>('[data-seq]')];
      return Number(rows.find((row) => row.getBoundingClientRect().top >= top)?.dataset['seq'] ?? Infinity);
    });
  }

  async inMessageMenu(message: Locator, action: string): Promise<void> {
    if (!this.hasFingers) await message.hover();
    await this.press(message.getByRole('button', { name: this.t('message.menu') }));
    await this.press(this.page.getByRole('menuitem', { name: action }));
  }

  async inOwnMenu(action: string): Promise<void> {
    await this.goToList();
    await this.press(this.page.getByRole('button', { name: this.t('ownMenu.label') }));
    await this.press(this.page.getByRole('menuitem', { name: action }));
  }

  async signIn(login: string): Promise<void> {
    await this.page.getByLabel(this.t('field.login')).fill(login);
    await this.page.getByLabel(this.t('field.password'), { exact: true }).fill(password);
    await this.press(this.button(this.t('signIn.submit')));
    await this.list.waitFor();
  }

  /** Until what comes in or goes out by an animation has done so; what turns for ever does not count. */
  async still(): Promise<void> {
    await this.page.evaluate(async () => {
      const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      await Promise.all(moving.map(({ finished }) => finished.catch(() => undefined)));
    });
  }

  /** A picture for the eyes of who runs the suite with `SHOTS=<folder>`. */
  async picture(name: string): Promise<void> {
    const folder = process.env['SHOTS'];
    if (folder === undefined) return;
    await this.still();
    await mkdir(join(folder, this.look.name), { recursive: true });
    const number = String(++this.#pictures).padStart(2, '0');
    await this.page.screenshot({ path: join(folder, this.look.name, `${number}-${name}.png`) });
  }
}
