import { appendingSuite } from './suite/appending.suite.ts';
import { catchingUpSuite } from './suite/catching-up.suite.ts';
import { conversationsSuite } from './suite/conversations.suite.ts';
import { memberChangesSuite } from './suite/member-changes.suite.ts';
import { messageChangesSuite } from './suite/message-changes.suite.ts';
import { messagesSuite } from './suite/messages.suite.ts';
import { orderSuite } from './suite/order.suite.ts';
import { readMarksSuite } from './suite/read-marks.suite.ts';
import { recipientsSuite } from './suite/recipients.suite.ts';
import { searchBoundsSuite } from './suite/search-bounds.suite.ts';
import { searchSuite } from './suite/search.suite.ts';
import type { Begin } from './suite/store-under-test.ts';

/** What every `ChatStore` does. */
export function messageStoreSuite(begin: Begin): void {
  describe('appending', () => {
    appendingSuite(begin);
  });
  describe('seq and rev', () => {
    orderSuite(begin);
  });
  describe('messages', () => {
    messagesSuite(begin);
  });
  describe('changes of messages', () => {
    messageChangesSuite(begin);
  });
  describe('catching up', () => {
    catchingUpSuite(begin);
  });
  describe('read marks', () => {
    readMarksSuite(begin);
  });
  describe('conversations and members', () => {
    conversationsSuite(begin);
  });
  describe('changes of members', () => {
    memberChangesSuite(begin);
  });
  describe('recipients', () => {
    recipientsSuite(begin);
  });
  describe('search', () => {
    searchSuite(begin);
  });
  describe('bounds of search', () => {
    searchBoundsSuite(begin);
  });
}
