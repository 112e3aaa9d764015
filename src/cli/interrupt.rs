//! SIGINT and SIGTERM: at once while nothing is being written, after the current file otherwise.

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::{flag, low_level};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// Whether somebody wants this process to end.
#[derive(Debug)]
pub struct Interrupt {
    /// Nothing is held back: a signal does what it does in every program.
    free: Arc<AtomicBool>,
    /// The signal that came while it was held back; 0 is none.
    held: Arc<AtomicUsize>,
}

impl Interrupt {
    /// That of this process, which has one set of signals; listens from the first call on.
    pub fn of_process() -> &'static Self {
        static INTERRUPT: OnceLock<Interrupt> = OnceLock::new();
        INTERRUPT.get_or_init(Self::listen)
    }

    /// A system that has no signals to give is none to be interrupted by.
    fn listen() -> Self {
        let (free, held) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicUsize::new(0)));
        let again = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // In this order: who asks a second time does not wait any longer.
            let _ = flag::register_conditional_default(signal, Arc::clone(&free));
            let _ = flag::register_conditional_default(signal, Arc::clone(&again));
            let _ = flag::register(signal, Arc::clone(&again));
            let _ = flag::register_usize(signal, Arc::clone(&held), usize::try_from(signal).unwrap_or(1));
        }
        // A limit on the size of files is an error like a full disk, not the end of the process.
        #[cfg(unix)]
        let _ = flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)));
        Self { free, held }
    }

    /// From now on a signal is only noted.
    pub fn hold(&self) {
        self.free.store(false, Ordering::SeqCst);
    }

    /// Whether a signal was noted.
    pub fn came(&self) -> bool {
        self.held.load(Ordering::SeqCst) != 0
    }

    /// Does something that must not be stopped half way; a signal that comes meanwhile ends the
    /// process afterwards, unless signals are held back anyway.
    pub fn after<T>(&self, work: impl FnOnce() -> T) -> T {
        let was_free = self.free.swap(false, Ordering::SeqCst);
        let done = work();
        if was_free {
            self.free.store(true, Ordering::SeqCst);
            if let Ok(signal @ 1..) = i32::try_from(self.held.load(Ordering::SeqCst)) {
                let _ = low_level::emulate_default_handler(signal);
            }
        }
        done
    }
}
