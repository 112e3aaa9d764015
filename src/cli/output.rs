//! Writing files: all of them or none, and never half of one.
#![allow(clippy::disallowed_methods, reason = "this is cli/")]

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file to be written.
pub struct Planned {
    /// Where.
    pub path: PathBuf,
    /// What.
    pub bytes: Vec<u8>,
}

/// What went wrong, and with which file.
pub type Failure = (PathBuf, io::Error);

/// Writes all files: each into a temporary file beside its place, synced, and only when all are
/// whole are they renamed. A rename that fails takes the earlier ones back.
pub fn write_all(files: &[Planned]) -> Result<(), Failure> {
    let mut ready = Vec::with_capacity(files.len());
    for file in files {
        ready.push(prepare(file).map_err(|error| (file.path.clone(), error))?);
    }
    let mut done: Vec<Replaced> = Vec::with_capacity(files.len());
    for (temporary, path) in ready {
        match replace(temporary, &path) {
            Ok(replaced) => done.push(replaced),
            Err(error) => {
                done.into_iter().rev().for_each(Replaced::undo);
                return Err((path, error));
            }
        }
    }
    done.into_iter().for_each(Replaced::keep);
    Ok(())
}

/// The file that was there, if it could be kept aside.
struct Replaced {
    path: PathBuf,
    earlier: Option<PathBuf>,
    existed: bool,
}

impl Replaced {
    fn undo(self) {
        match self.earlier {
            Some(earlier) => drop(std::fs::rename(earlier, self.path)),
            None if !self.existed => drop(std::fs::remove_file(self.path)),
            None => {}
        }
    }

    fn keep(self) {
        if let Some(earlier) = self.earlier {
            drop(std::fs::remove_file(earlier));
        }
    }
}

fn prepare(file: &Planned) -> io::Result<(NamedTempFile, PathBuf)> {
    // A link is followed: what it points to is replaced, not the link.
    let path = std::fs::canonicalize(&file.path).unwrap_or_else(|_| file.path.clone());
    if path.exists() && !path.is_file() && !path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "that is a device or a pipe, not a file"));
    }
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "there is a folder of that name"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut temporary = builder().tempfile_in(folder)?;
    if let Ok(existing) = std::fs::metadata(&path) {
        temporary.as_file().set_permissions(existing.permissions())?;
    }
    temporary.write_all(&file.bytes)?;
    temporary.as_file().sync_all()?;
    Ok((temporary, path))
}

fn replace(temporary: NamedTempFile, path: &Path) -> io::Result<Replaced> {
    let existed = path.exists();
    let earlier = if existed { keep_aside(path) } else { None };
    match temporary.persist(path) {
        Ok(_) => Ok(Replaced { path: path.to_owned(), earlier, existed }),
        Err(error) => {
            if let Some(earlier) = earlier {
                drop(std::fs::remove_file(earlier));
            }
            Err(error.error)
        }
    }
}

/// A second name for the file that is about to be replaced, where the file system can do that.
fn keep_aside(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let aside = path.with_file_name(format!(".{name}.{}.earlier", std::process::id()));
    std::fs::hard_link(path, &aside).ok().map(|()| aside)
}

/// New files are as readable as the user's other files.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dossier-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}
