/** What a scrape is answered. */
export interface MetricsText {
  readonly contentType: string;
  /** Never throws for what fails beneath it: then it tells what it has. */
  text(): Promise<string>;
}
