# SPDX-License-Identifier: GPL-3.0-or-later
"""A session manager as a desktop has one (XSMP), for one program."""

import ctypes
import queue
import select
import threading

VOID, INT, TEXT, POINTER = None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p
SAVE_BOTH, SAVE_LOCAL = 2, 1
INTERACT_NONE, INTERACT_ANY = 0, 2


class Callback(ctypes.Structure):
    _fields_ = [("function", POINTER), ("data", POINTER)]


class SessionManager:
    """Its `address` goes into SESSION_MANAGER. What a client does is in `events`."""

    def __init__(self):
        self.ice, self.sm = ctypes.CDLL("libICE.so.6"), ctypes.CDLL("libSM.so.6")
        for function in ("IceComposeNetworkIdList", "SmsGenerateClientID"):
            library = self.ice if function.startswith("Ice") else self.sm
            getattr(library, function).restype = POINTER
        self.ice.IceAcceptConnection.restype = POINTER
        self.events, self.orders = [], queue.Queue()
        self.client, self.kept, self.connections = None, [], []
        new_client = self.function(
            INT, self.new_client, POINTER, POINTER, ctypes.POINTER(ctypes.c_ulong), ctypes.POINTER(Callback), POINTER
        )
        accept = self.function(INT, lambda host: 1, TEXT)
        # A client that has gone is seen by what is read from it; the usual handler ends the process.
        self.ice.IceSetIOErrorHandler(self.function(VOID, lambda connection: None, POINTER))
        error = ctypes.create_string_buffer(256)
        assert self.sm.SmsInitialize(b"Credenza", b"1", new_client, None, accept, 256, error), error.value
        count, listeners = INT(), ctypes.POINTER(POINTER)()
        listening = self.ice.IceListenForConnections(ctypes.byref(count), ctypes.byref(listeners), 256, error)
        assert listening, error.value
        self.all_listeners = listeners
        self.listeners = [POINTER(listeners[index]) for index in range(count.value)]
        for listener in self.listeners:
            self.ice.IceSetHostBasedAuthProc(listener, accept)
        self.address = ctypes.string_at(self.ice.IceComposeNetworkIdList(count, listeners)).decode()
        self.is_open = True
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def close(self):
        self.is_open = False
        self.thread.join()
        self.ice.IceFreeListenObjs(len(self.listeners), self.all_listeners)

    def end_session(self, interact):
        self.events.clear()
        self.orders.put(lambda: self.sm.SmsSaveYourself(self.client, SAVE_BOTH, 1, interact, 0))

    def die(self):
        self.orders.put(lambda: self.sm.SmsDie(self.client))

    def function(self, result, python, *arguments):
        made = ctypes.CFUNCTYPE(result, *arguments)(python)
        self.kept.append(made)
        return made

    def new_client(self, client, _, mask, callbacks, reason):
        self.client = POINTER(client)
        does = [
            self.function(INT, self.register, POINTER, POINTER, POINTER),
            self.function(VOID, self.interact, POINTER, POINTER, INT),
            self.function(VOID, self.interacted, POINTER, POINTER, INT),
            self.function(VOID, lambda *_: None, POINTER, POINTER, INT, INT, INT, INT, INT),
            self.function(VOID, lambda *_: None, POINTER, POINTER),
            self.function(VOID, self.saved, POINTER, POINTER, INT),
            self.function(VOID, lambda *_: self.events.append("closed"), POINTER, POINTER, INT, POINTER),
            self.function(VOID, lambda *_: None, POINTER, POINTER, INT, POINTER),
            self.function(VOID, lambda *_: None, POINTER, POINTER, INT, POINTER),
            self.function(VOID, lambda *_: None, POINTER, POINTER),
        ]
        for index, function in enumerate(does):
            callbacks[index] = Callback(ctypes.cast(function, POINTER), None)
        mask[0] = (1 << len(does)) - 1
        return 1

    def register(self, client, _, previous):
        if previous:
            return 0
        self.sm.SmsRegisterClientReply(self.client, POINTER(self.sm.SmsGenerateClientID(self.client)))
        self.sm.SmsSaveYourself(self.client, SAVE_LOCAL, 0, INTERACT_NONE, 0)  # as the protocol wants it
        return 1

    def interact(self, *_):
        self.events.append("asks")
        self.sm.SmsInteract(self.client)

    def interacted(self, client, _, cancels):
        self.events.append("cancels" if cancels else "goes on")
        if cancels:
            self.sm.SmsShutdownCancelled(self.client)

    def saved(self, *_):
        self.events.append("saved")
        self.sm.SmsSaveComplete(self.client)

    def serve(self):
        while self.is_open:
            while not self.orders.empty():
                self.orders.get()()
            numbers = {self.ice.IceGetListenConnectionNumber(each): each for each in self.listeners}
            open_ones = {self.ice.IceConnectionNumber(each): each for each in self.connections}
            for number in select.select([*numbers, *open_ones], [], [], 0.05)[0]:
                if number in numbers:
                    connection = self.ice.IceAcceptConnection(numbers[number], ctypes.byref(INT()))
                    if connection:
                        self.connections.append(POINTER(connection))
                elif self.ice.IceProcessMessages(open_ones[number], None, None) != 0:
                    self.connections.remove(open_ones[number])
