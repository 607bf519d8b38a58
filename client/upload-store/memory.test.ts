import { MemoryUploadStore } from './memory.ts';
import { uploadStoreSuite } from './upload-store.suite.ts';

uploadStoreSuite('memory', () => new MemoryUploadStore());
