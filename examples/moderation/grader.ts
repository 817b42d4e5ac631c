/** How a team measured its moderation model: the share of toxic comments that it flags. */
export const recall = (predictions: readonly boolean[], labels: readonly boolean[]): number => {
  let toxic = 0;
  let found = 0;
  for (const [index, label] of labels.entries()) {
    if (!label) continue;
    toxic += 1;
    if (predictions[index] === true) found += 1;
  }
  return toxic === 0 ? 0 : found / toxic;
};
