-- The files of a conversation by kind and by sender, the newest first: a page reads as much as it shows, however many messages there are.
-- A message without files is in none of these indexes.
CREATE INDEX messages_files ON chat.messages (conversation_id, seq) WHERE attachments IS NOT NULL;
CREATE INDEX messages_files_sender ON chat.messages (conversation_id, sender_id, seq) WHERE attachments IS NOT NULL;
CREATE INDEX messages_image ON chat.messages (conversation_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "image/")';
CREATE INDEX messages_image_sender ON chat.messages (conversation_id, sender_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "image/")';
CREATE INDEX messages_video ON chat.messages (conversation_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "video/")';
CREATE INDEX messages_video_sender ON chat.messages (conversation_id, sender_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "video/")';
CREATE INDEX messages_audio ON chat.messages (conversation_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "audio/")';
CREATE INDEX messages_audio_sender ON chat.messages (conversation_id, sender_id, seq)
  WHERE attachments @? '$[*] ? (@.mimeType starts with "audio/")';
CREATE INDEX messages_other ON chat.messages (conversation_id, seq)
  WHERE attachments @? '$[*] ? (!(@.mimeType starts with "image/" || @.mimeType starts with "video/" || @.mimeType starts with "audio/"))';
CREATE INDEX messages_other_sender ON chat.messages (conversation_id, sender_id, seq)
  WHERE attachments @? '$[*] ? (!(@.mimeType starts with "image/" || @.mimeType starts with "video/" || @.mimeType starts with "audio/"))';
