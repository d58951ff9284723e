/** Whether Alertree can do its work now. */
export interface Readiness {
  /** Why it cannot, in words for people; null when it can. */
  reason(): string | null;
}
