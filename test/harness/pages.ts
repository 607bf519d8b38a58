import type { Locator, Page } from 'playwright-core';
import { password } from './team.ts';

export interface NewAccount {
  readonly name: string;
  readonly username: string;
}

/** What a person does on the page, by the names that they and their screen reader see. */
export async function setUpTeam(page: Page, link: string, team: string, owner: NewAccount): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Team name').fill(team);
  await fillAccount(page, owner);
  await page.getByRole('button', { name: 'Create the team' }).click();
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
}

export async function acceptInvite(page: Page, link: string, account: NewAccount): Promise<void> {
  await page.goto(link);
  await fillAccount(page, account);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
}

/** By the form of the entrance, as somebody of the team. */
export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail or username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
}

async function fillAccount(page: Page, { name, username }: NewAccount): Promise<void> {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(`${username}@example.org`);
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
}

export const listEntry = (page: Page, title: string): Locator =>
  page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: new RegExp(title) });

export async function openConversation(page: Page, title: string): Promise<void> {
  await listEntry(page, title).click();
  await composer(page).waitFor();
}

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: /^Message / });
export const timeline = (page: Page): Locator => page.getByRole('log', { name: /^Messages in / });

export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** One message by its text. */
export const message = (page: Page, text: string): Locator => timeline(page).getByRole('article').filter({ hasText: text });

/** Texts of the messages shown, in their order. */
export const texts = (page: Page): Promise<string[]> => timeline(page).locator('article .rich').allInnerTexts();
