/** What the client checks in a field before it lets a view be submitted. */

export function isEmpty(value) {
  return value === null || value === undefined || value.length === 0;
}

/** What is wrong with a value that is there, in words, or null. */
export function fieldProblem(element, value) {
  switch (element.type) {
    case "plain_text_input": return lengthProblem(element, value);
    case "number_input": return numberProblem(element, value.trim());
    case "email_text_input": return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? null : "Enter a valid email address";
    case "url_text_input": return /^https?:\/\/[^\s/]+\S*$/i.test(value.trim()) ? null : "Enter a valid URL";
    default: return null;
  }
}

function lengthProblem({ min_length: least = 0, max_length: most = 3000 }, value) {
  if (value.length < least) return `Enter at least ${least} characters`;
  if (value.length > most) return `Enter at most ${most} characters`;
  return null;
}

function numberProblem({ is_decimal_allowed: decimals, min_value: least, max_value: most }, value) {
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(value)) return "Enter a number, with a point for decimals";
  if (!decimals && !/^[-+]?\d+$/.test(value)) return "Enter a whole number";
  if (least !== undefined && Number(value) < Number(least)) return `Enter a number that is at least ${least}`;
  if (most !== undefined && Number(value) > Number(most)) return `Enter a number that is at most ${most}`;
  return null;
}
