/**
 * A WeakMap that can be made to forget: the suite keeps what it made of an answer by the answer, and a mutant must not
 * be given what was made without it.
 */
export function forgetfulWeakMap(): { install(): () => void; forget(): void } {
  const Native = WeakMap;
  let generation = 0;

  class Forgetful<K extends WeakKey, V> extends Native<K, V> {
    private readonly made = new Native<K, number>();

    override get(key: K): V | undefined {
      return this.has(key) ? super.get(key) : undefined;
    }

    override has(key: K): boolean {
      return super.has(key) && this.made.get(key) === generation;
    }

    override set(key: K, value: V): this {
      this.made.set(key, generation);
      return super.set(key, value);
    }
  }

  return {
    /** Modules that are loaded until it is undone get these. */
    install() {
      globalThis.WeakMap = Forgetful as WeakMapConstructor;
      return () => {
        globalThis.WeakMap = Native;
      };
    },
    forget() {
      generation += 1;
    },
  };
}
