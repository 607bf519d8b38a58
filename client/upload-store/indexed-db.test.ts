import { IDBFactory } from 'fake-indexeddb';
import { IndexedDbUploadStore } from './indexed-db.ts';
import { uploadStoreSuite } from './upload-store.suite.ts';

uploadStoreSuite('IndexedDB', () => new IndexedDbUploadStore(new IDBFactory()));
