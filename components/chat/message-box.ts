/** Id of the box that a message is typed into. */
export const messageBoxId = 'message-box';

/** Go there, unless the focus would bring up the keyboard of a touch screen over the conversation. */
export function focusMessageBoxByKeyboard(): void {
  if (matchMedia('(pointer: fine)').matches) document.getElementById(messageBoxId)?.focus();
}

/** Go there, with the caret behind what is typed once that is shown. */
export function focusMessageBox(): void {
  const box = document.getElementById(messageBoxId);
  if (!(box instanceof HTMLTextAreaElement)) return;
  box.focus();
  requestAnimationFrame(() => box.setSelectionRange(box.value.length, box.value.length));
}
