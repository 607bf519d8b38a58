import { createTestMongo, type TestMongo } from '../harness/mongo.ts';
import { requireService } from '../harness/services.ts';
import { playOnOneProcess } from './play.ts';

requireService('mongodb').describe('solo, with chat in MongoDB', (url) => {
  const made: TestMongo = createTestMongo(url);
  playOnOneProcess({ mongoUrl: made.url });
  afterAll(() => made.drop());
});
