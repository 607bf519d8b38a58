/** What is read with the first file, or soon after the first paint. */
export { attachFiles } from './attach.ts';
export { FileDrop } from './file-drop.tsx';
export { beginRecording } from './recording.ts';
export { RecordingBar } from './recording-bar.tsx';
export { UploadList } from './upload-list.tsx';
