-- A file that was removed keeps its place in its message, and is listed no more: the indexes of files pass over it.
DROP INDEX chat.messages_files, chat.messages_files_sender, chat.messages_image, chat.messages_image_sender, chat.messages_video, chat.messages_video_sender, chat.messages_audio, chat.messages_audio_sender, chat.messages_other, chat.messages_other_sender;
CREATE INDEX messages_files ON chat.messages (conversation_id, seq)
  WHERE attachments @? '$[*] ? (!exists(@.removed))';
CREATE INDEX messages_files_sender ON chat.messages (conversation_id, sender_id, seq)
  WHERE attachments @? '$[*] ? (!exists(@.removed))';
CREATE INDEX messages_image ON chat.messages (conversation_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "image/" && !exists(@.removed))';
CREATE INDEX messages_image_sender ON chat.messages (conversation_id, sender_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "image/" && !exists(@.removed))';
CREATE INDEX messages_video ON chat.messages (conversation_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "video/" && !exists(@.removed))';
CREATE INDEX messages_video_sender ON chat.messages (conversation_id, sender_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "video/" && !exists(@.removed))';
CREATE INDEX messages_audio ON chat.messages (conversation_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "audio/" && !exists(@.removed))';
CREATE INDEX messages_audio_sender ON chat.messages (conversation_id, sender_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "audio/" && !exists(@.removed))';
CREATE INDEX messages_other ON chat.messages (conversation_id, seq)
  WHERE attachments @? '$[*] ? (!(@.mimeType starts with "image/" || @.mimeType starts with "video/" || @.mimeType starts with "audio/") && !exists(@.removed))';
CREATE INDEX messages_other_sender ON chat.messages (conversation_id, sender_id, seq)
  WHERE attachments @? '$[*] ? (!(@.mimeType starts with "image/" || @.mimeType starts with "video/" || @.mimeType starts with "audio/") && !exists(@.removed))';
