export const ofConversation = ({ conversationId }: { conversationId: string }) => ({ conversation: conversationId });
