/** The movable clock: what the server said last, and the time that has passed here since then. */
export class Clock {
  #now = Date.now();
  #heard = performance.now();
  running = true;
  movingTo = null;
  movingFrom = null;
  waitingFor = [];

  take({ now, running, moving_to: movingTo, waiting_for: waitingFor }) {
    this.#now = Date.parse(now);
    this.#heard = performance.now();
    this.running = running;
    this.movingFrom = movingTo ? (this.movingFrom ?? this.#now) : null;
    this.movingTo = movingTo ? Date.parse(movingTo) : null;
    this.waitingFor = waitingFor ?? [];
  }

  now() {
    const passed = this.running && this.movingTo === null ? performance.now() - this.#heard : 0;
    return new Date(this.#now + passed);
  }

  /** Milliseconds since the server last told of the clock. */
  age() {
    return performance.now() - this.#heard;
  }

  /** How much of the move is done, 0 to 1; null when none runs. */
  progress() {
    if (this.movingTo === null) return null;
    const length = this.movingTo - this.movingFrom;
    return length > 0 ? Math.min(1, (this.#now - this.movingFrom) / length) : 0;
  }
}
