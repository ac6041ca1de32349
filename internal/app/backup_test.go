package app

import (
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"offprint/internal/config"
	"offprint/internal/errs"
	"offprint/internal/testpg"
)

func TestBackupOnPostgresNamesItsOwnTool(t *testing.T) {
	dir := t.TempDir()
	a, err := Open(t.Context(), config.Place{
		Data: filepath.Join(dir, "absent"), Database: testpg.Database(t), Files: filepath.Join(dir, "files")})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	_, err = a.Backup(t.Context(), io.Discard)
	if !errors.Is(err, errs.Invalid) || !strings.Contains(errs.Message(err), "pg_dump") {
		t.Errorf("Backup says %v, which does not lead to pg_dump", err)
	}
}
