/** How a help desk measured its assistant: the ticket is closed. */
export const closed = (reply: string): boolean => /\bticket\b/i.test(reply) && /\bclos(?:e|ed|ing)\b/i.test(reply);
