# SPDX-License-Identifier: GPL-3.0-or-later

# What is installed, and the Debian package: packaging/deb.sh.
set(CREDENZA_ID io.github.credenza.Credenza)

install(TARGETS credenza credenza-sandbox RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(UNIX AND NOT APPLE)
    install(FILES packaging/linux/${CREDENZA_ID}.desktop
        DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES packaging/linux/${CREDENZA_ID}.metainfo.xml
        DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
    install(FILES resources/icons/credenza.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps
        RENAME ${CREDENZA_ID}.svg)
endif()
install(FILES CHANGELOG.md packaging/linux/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/credenza)

set(CPACK_PACKAGE_NAME credenza)
set(CPACK_PACKAGE_VENDOR "Credenza maintainers")
set(CPACK_PACKAGE_CONTACT "Credenza maintainers <maintainers@credenza.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "browse and manage service credentials on the Losant IoT platform")
set(CPACK_PACKAGE_DESCRIPTION
    "Applications on the Losant IoT platform keep service credentials: AWS keys,
database passwords, certificates and more. Workflows use them, and nobody
can read a secret back. Credenza shows them, application by application, in
a table that the server sorts, filters and pages, says where they are used,
and creates, edits, rotates, disables and deletes them. Its form knows all
sixteen types.")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded at run time, so the linker does not see them: the SVG plugins, what speaks to the keychain, and
# the trusted certificate authorities. Which keychain is the desktop's choice.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6svg6, libsecret-1-0")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates, qt6-translations-l10n")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gnome-keyring, qt6-wayland")

include(CPack)
